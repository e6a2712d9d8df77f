// The server routes.
#include <algorithm>
#include <set>

#include "mockpanel/api/create_request.h"
#include "mockpanel/api/handlers.h"
#include "mockpanel/api/lists.h"
#include "mockpanel/api/render_server.h"

namespace vfstock::mockpanel::api {
namespace {

constexpr std::int64_t delay_minutes_max = 43800;

/// The hypervisors that the list is narrowed to; a value that is no id matches no server.
std::set<std::int64_t> wanted_hypervisors(const Fields& query) {
  std::set<std::int64_t> wanted;
  for (const char* name : {"hypervisorId", "hypervisorId[]"}) {
    for (const std::string_view value : query_values(query, name)) {
      wanted.insert(integer(value).value_or(-1));
    }
  }
  return wanted;
}

}  // namespace

Response answer_servers(const Call& call) {
  const std::string_view type = query_value(call.request.query, "type").value_or("simple");
  if (type != "simple" && type != "full")
    return errors(422, {"The type field must be simple or full."});
  const std::set<std::int64_t> wanted = wanted_hypervisors(call.request.query);
  std::vector<const model::Server*> listed = pointers(call.world.servers);
  std::erase_if(listed, [&](const model::Server* server) {
    return !wanted.empty() && !wanted.contains(server->hypervisor);
  });
  return paged(call, listed, [&](const model::Server& server) {
    return type == "full" ? render_server(call.world, server) : render_listed_server(server);
  });
}

Response answer_server(const Call& call) {
  const auto found = call.world.servers.find(call.id);
  if (found == call.world.servers.end()) return not_found("server");
  Json json = render_server(call.world, found->second);
  // The mock has no running machines, so there is never a live state to tell.
  json["remoteState"] = false;
  return record(200, std::move(json));
}

Response create_server(const Call& call) {
  const auto dry_run = boolean(query_value(call.request.query, "dryRun").value_or("false"));
  if (!dry_run) return errors(422, {"The dryRun field must be true or false."});
  const Body body = body_of(call, create_fields());
  if (auto refused = refusal(call, body)) return *std::move(refused);
  const model::CreateResult result = call.world.create(create_request(body), *dry_run, call.wall);
  if (!result.server) return errors(422, {result.refusal});
  if (*dry_run) return record(200, Json{{"dryRun", "success"}});
  return record(201, render_server(call.world, *result.server));
}

Response answer_user_servers(const Call& call) {
  if (!call.world.users.contains(call.id)) return not_found("user");
  Json list = Json::array();
  for (const auto& [id, server] : call.world.servers) {
    if (server.owner == call.id) list.push_back(render_user_server(call.world, server));
  }
  return record(200, std::move(list));
}

Response change_owner(const Call& call) {
  model::Server* const server = server_of(call);
  if (server == nullptr) return not_found("server");
  if (!call.world.users.contains(call.other)) return not_found("user");
  server->owner = call.other;
  call.world.touch();
  return {201, {}, {}};
}

Response change_backup_plan(const Call& call) {
  model::Server* const server = server_of(call);
  if (server == nullptr) return not_found("server");
  if (call.other < 0) return not_found("backup plan");
  server->backup_plan = call.other;
  call.world.touch();
  return {201, {}, {}};
}

Response answer_backups(const Call& call) {
  // The mock's machines do not run, so nothing of them is ever backed up.
  return server_of(call) != nullptr ? record(200, Json::array()) : not_found("server");
}

Response delete_server(const Call& call) {
  std::chrono::minutes delay = call.world.default_delete_delay;
  if (const auto text = query_value(call.request.query, "delay")) {
    const auto minutes = integer(*text);
    if (!minutes || *minutes < 0 || *minutes > delay_minutes_max) {
      return errors(422, {"The delay field must be an integer between 0 and 43800."});
    }
    delay = std::chrono::minutes(*minutes);
  }
  if (!call.world.remove(call.id, delay, call.now)) return not_found("server");
  return {204, {}, {}};
}

}  // namespace vfstock::mockpanel::api
