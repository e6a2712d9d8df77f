// What is done to a server that is there: build, suspend, modify, power, and the queue.
#include <array>
#include <span>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/body.h"
#include "mockpanel/api/render_server.h"
#include "mockpanel/api/routes.h"

namespace vfstock::mockpanel::api {
namespace {

using Type = BodyField::Type;

model::Server* server_of(const Call& call) {
  const auto found = call.world.servers.find(call.id);
  return found == call.world.servers.end() ? nullptr : &found->second;
}

Response refuse(const Body& body) { return errors(422, body.problems); }

Response set_suspended(const Call& call, bool suspended) {
  model::Server* const server = server_of(call);
  if (server == nullptr) return not_found("server");
  server->suspended = suspended;
  call.world.touch();
  return {204, {}, {}};
}

/// One field, one change; a modify that worked has no body.
template <typename Apply>
Response modify(const Call& call, const BodyField& field, Apply apply) {
  if (server_of(call) == nullptr) return not_found("server");
  const Body body = read_body(call.request.body, std::span(&field, 1));
  if (!body.problems.empty()) return refuse(body);
  const std::string refused = apply(body);
  if (!refused.empty()) return errors(422, {refused});
  call.world.touch();
  return {201, {}, {}};
}

}  // namespace

Response build_server(const Call& call) {
  constexpr std::array<BodyField, 8> fields{{{"operatingSystemId", Type::integer, true, 1},
                                             {"name", Type::text, false, 0, 255},
                                             {"hostname", Type::text, false, 0, 255},
                                             {"sshKeys", Type::integers},
                                             {"vnc", Type::boolean},
                                             {"ipv6", Type::boolean},
                                             {"email", Type::boolean},
                                             {"swap", Type::integer, false, 0, 8192}}};
  model::Server* const server = server_of(call);
  if (server == nullptr) return not_found("server");
  const Body body = read_body(call.request.body, fields);
  if (!body.problems.empty()) return refuse(body);
  server->built = true;
  server->name = body.text("name").value_or("");
  call.world.touch();
  Json record_of = render_server(call.world, *server);
  // The answer comes before the build is done; the mock's builds are done once it is out.
  record_of["state"] = "queued";
  record_of["commissionStatus"] = 1;
  record_of["tasks"]["active"] = true;
  // Present, because the real panel sends it: clients must keep it out of their logs.
  record_of["settings"]["decryptedPassword"] =
      "made-up-password-of-server-" + std::to_string(server->id);
  return record(200, std::move(record_of));
}

Response suspend_server(const Call& call) { return set_suspended(call, true); }

Response unsuspend_server(const Call& call) { return set_suspended(call, false); }

Response modify_memory(const Call& call) {
  return modify(call, {"memory", Type::integer, true, 256, 2097152}, [&](const Body& body) {
    return call.world.resize(call.id, {body.number("memory"), {}, {}});
  });
}

Response modify_cores(const Call& call) {
  return modify(call, {"cores", Type::integer, true, 1, 600}, [&](const Body& body) {
    return call.world.resize(call.id, {{}, body.number("cores"), {}});
  });
}

Response modify_traffic(const Call& call) {
  return modify(call, {"traffic", Type::integer, true, 0, 999999999}, [&](const Body& body) {
    server_of(call)->traffic_gb = *body.number("traffic");
    return std::string();
  });
}

Response modify_name(const Call& call) {
  return modify(call, {"name", Type::text, true, 1, 255}, [&](const Body& body) {
    server_of(call)->name = *body.text("name");
    return std::string();
  });
}

Response power_server(const Call& call) {
  if (server_of(call) == nullptr) return not_found("server");
  const std::string& path = call.request.path;
  const model::QueueEntry& entry =
      call.world.enqueue(call.id, path.substr(path.rfind('/') + 1), call.wall);
  return record(200, Json{{"queueId", entry.id}});
}

Response answer_queue_entry(const Call& call) {
  const auto found = call.world.queue.find(call.id);
  if (found == call.world.queue.end()) return not_found("queue item");
  const model::QueueEntry& entry = found->second;
  return record(200, Json{{"id", entry.id},
                          {"serverId", entry.server},
                          {"action", entry.action},
                          {"progress", 100},
                          {"failed", false},
                          {"started", entry.finished},
                          {"finished", entry.finished}});
}

}  // namespace vfstock::mockpanel::api
