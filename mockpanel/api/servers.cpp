// The server routes.
#include <algorithm>
#include <set>

#include "mockpanel/api/create_request.h"
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

Response created(const Call& call, const model::Server& server) {
  return record(201, render_server(call.world, server));
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
  CreateReading reading = read_create_request(call.request.body);
  if (!reading.problems.empty()) return errors(422, reading.problems);
  if (call.options.strict && !reading.unknown.empty()) {
    return errors(400, {"Unknown body field: " + reading.unknown.front()});
  }
  const model::CreateResult result = call.world.create(reading.request, *dry_run, call.wall);
  if (!result.server) return errors(422, {result.refusal});
  if (*dry_run) return record(200, Json{{"dryRun", "success"}});
  return created(call, *result.server);
}

Response change_server_package(const Call& call) {
  if (!call.world.servers.contains(call.id)) return not_found("server");
  if (!call.world.packages.contains(call.package)) return not_found("package");
  const std::string refusal = call.world.change_package(call.id, call.package);
  if (!refusal.empty()) return errors(422, {refusal});
  return json_answer(200, Json{{"info", Json::array()}});
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
