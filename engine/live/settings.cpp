#include "engine/live/settings.h"

#include "engine/http/base_url.h"

namespace vfstock::live {

std::string PanelSettings::host() const { return name ? *name : http::parse_base_url(url).name; }

}  // namespace vfstock::live
