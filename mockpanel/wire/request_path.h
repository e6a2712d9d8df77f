// Where a request lies from the API's base.
#pragma once

#include <string_view>

#include "mockpanel/api/message.h"
#include "mockpanel/wire/request_reader.h"

namespace vfstock::mockpanel::wire {

/// The request as the API sees it: path below `base_path`, decoded. A path that does not lie below
/// it keeps its whole text behind one "/.." for each step up, so that a client with a wrong base
/// URL never hits a route by luck: under "/api/v1" the path "/packages/7" becomes
/// "/../../packages/7".
api::Request below_base(const WireRequest& request, std::string_view base_path);

}  // namespace vfstock::mockpanel::wire
