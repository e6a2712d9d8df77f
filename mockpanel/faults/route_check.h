// Whether a path pattern of a fault rule can ever describe a request that the panel answers.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::mockpanel::faults {

/// Whether some path of some route of the panel, of any release, is described by the pattern.
bool can_match_a_route(std::string_view pattern);

/// The route whose pattern differs in the fewest characters, e.g. "/packages/{id}".
std::string nearest_route(std::string_view pattern);

}  // namespace vfstock::mockpanel::faults
