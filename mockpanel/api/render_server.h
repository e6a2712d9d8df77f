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

/// An entry of the list of servers (type=simple): few fields, `commissioned` in place of
/// `commissionStatus`, `owner` in place of `ownerId`.
Json render_listed_server(const model::Server& server);

/// An entry of the servers of one user.
Json render_user_server(const model::World& world, const model::Server& server);

const char* server_state(const model::Server& server);  // "allocated", "complete"
int commission_status(const model::Server& server);     // 0 allocated, 3 complete
std::int64_t vnc_port(const model::Server& server);

/// What the build named it, else "server-7" once it runs; a server that is only allocated has no
/// name yet.
std::string server_name(const model::Server& server);

}  // namespace vfstock::mockpanel::api
