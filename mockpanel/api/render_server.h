// Server records.
//
// The model knows what a server takes; the rest of the vendor's large record stands here with the
// values of an ordinary KVM server, derived from the id where records must differ.
#pragma once

#include "mockpanel/api/answer.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// The full record, as a create answers it. It embeds the hypervisor with its resources as they are
/// now, without IPv4 figures.
Json render_server(const model::World& world, const model::Server& server);

/// An entry of the list of servers (type=simple). The vendor publishes no example of it: the fields
/// are those of the full record, with `commissioned` in place of `commissionStatus`.
Json render_listed_server(const model::Server& server);

}  // namespace vfstock::mockpanel::api
