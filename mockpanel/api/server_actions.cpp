// What is done to a server that is there: build, suspend, modify, power, and the queue.
#include <array>
#include <span>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/handlers.h"
#include "mockpanel/api/render_server.h"

namespace vfstock::mockpanel::api {
namespace {

using ActionType = BodyField::Type;

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
  const Body body = body_of(call, std::span(&field, 1));
  if (auto refused = refusal(call, body)) return *std::move(refused);
  const std::string refused = apply(body);
  if (!refused.empty()) return errors(422, {refused});
  call.world.touch();
  return {201, {}, {}};
}

/// Why a build with these keys is refused; keys are those of the server's owner.
std::optional<Response> refuse_keys(const Call& call, const Body& body) {
  for (const std::int64_t id : body.numbers("sshKeys").value_or(std::vector<std::int64_t>{})) {
    const auto key = call.world.ssh_keys.find(id);
    if (key == call.world.ssh_keys.end() || key->second.owner != server_of(call)->owner) {
      return errors(422, {"The selected sshKeys is invalid."});
    }
  }
  return std::nullopt;
}

void build(model::Server& server, const Body& body, const std::string& wall) {
  server.built = true;
  server.built_at = wall;
  server.os_template = *body.number("operatingSystemId");
  server.name = body.text("name").value_or("");
  server.hostname = body.text("hostname");
  server.ipv6 = body.flag("ipv6").value_or(false);
  server.vnc = body.flag("vnc").value_or(false);
  server.ssh_keys = body.numbers("sshKeys").value_or(std::vector<std::int64_t>{});
}

Json vnc_details(const Call& call, const model::Server& server) {
  const auto host = call.world.hypervisors.find(server.hypervisor);
  const std::string token = "made-up-vnc-token-" + std::to_string(server.id);
  return {{"ip", host == call.world.hypervisors.end() ? Json() : Json(host->second.ip)},
          {"hostname", nullptr},
          {"port", vnc_port(server)},
          {"password", "made-up-vnc-password-" + std::to_string(server.id)},
          {"wss", {{"token", token}, {"url", "/vnc/?token=" + token}}},
          {"enabled", server.vnc}};
}

}  // namespace

Response build_server(const Call& call) {
  constexpr std::array<BodyField, 8> fields{{{"operatingSystemId", ActionType::integer, true, 1},
                                             {"name", ActionType::text, false, 0, 255},
                                             {"hostname", ActionType::text, false, 0, 255},
                                             {"sshKeys", ActionType::integers},
                                             {"vnc", ActionType::boolean},
                                             {"ipv6", ActionType::boolean},
                                             {"email", ActionType::boolean},
                                             {"swap", ActionType::number, false, 0, 8192}}};
  model::Server* const server = server_of(call);
  if (server == nullptr) return not_found("server");
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  if (auto refused = refuse_keys(call, body)) return *std::move(refused);
  build(*server, body, call.wall);
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
  return modify(call, {"memory", ActionType::integer, true, 256, 2097152}, [&](const Body& body) {
    return call.world.resize(call.id, {body.number("memory"), {}, {}});
  });
}

Response modify_cores(const Call& call) {
  return modify(call, {"cores", ActionType::integer, true, 1, 600}, [&](const Body& body) {
    return call.world.resize(call.id, {{}, body.number("cores"), {}});
  });
}

Response modify_traffic(const Call& call) {
  return modify(call, {"traffic", ActionType::integer, true, 0, 999999999}, [&](const Body& body) {
    server_of(call)->traffic_gb = *body.number("traffic");
    return std::string();
  });
}

Response modify_name(const Call& call) {
  return modify(call, {"name", ActionType::text, true, 1, 255}, [&](const Body& body) {
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

Response modify_throttle(const Call& call) {
  return modify(call, {"percent", ActionType::integer, true, 0, 99}, [&](const Body& body) {
    server_of(call)->cpu_throttle = *body.number("percent");
    return std::string();
  });
}

Response reset_server_password(const Call& call) {
  constexpr std::array<BodyField, 2> fields{
      {{"user", ActionType::text, true, 1, 255}, {"sendMail", ActionType::boolean}}};
  if (server_of(call) == nullptr) return not_found("server");
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  const std::string user = *body.text("user");
  if (user != "root" && user != "Administrator") {
    return errors(422, {"The user field must be root or Administrator."});
  }
  const model::QueueEntry& entry = call.world.enqueue(call.id, "resetPassword", call.wall);
  return record(
      200, Json{{"queueId", entry.id},
                {"expectedPassword", "made-up-password-of-server-" + std::to_string(call.id)}});
}

Response answer_vnc(const Call& call) {
  const model::Server* const server = server_of(call);
  if (server == nullptr) return not_found("server");
  return record(200, Json{{"vnc", vnc_details(call, *server)}});
}

Response switch_vnc(const Call& call) {
  constexpr std::array<BodyField, 1> fields{{{"action", ActionType::text, true, 1, 20}}};
  model::Server* const server = server_of(call);
  if (server == nullptr) return not_found("server");
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  const std::string action = *body.text("action");
  if (action != "enable" && action != "disable") {
    return errors(422, {"The action field must be enable or disable."});
  }
  server->vnc = action == "enable";
  call.world.touch();
  return record(200, Json{{"vnc", vnc_details(call, *server)}, {"queueId", nullptr}});
}

}  // namespace vfstock::mockpanel::api
