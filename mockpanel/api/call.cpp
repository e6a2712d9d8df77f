#include "mockpanel/api/call.h"

#include "mockpanel/api/answer.h"

namespace vfstock::mockpanel::api {

Body body_of(const Call& call, std::span<const BodyField> fields) {
  return read_body(call.request, fields, call.options.strict);
}

std::optional<Response> refusal(const Call& call, const Body& body) {
  if (!body.problems.empty()) return errors(422, body.problems);
  if (call.options.strict && !body.unknown.empty()) {
    return errors(400, {"Unknown body field: " + body.unknown.front()});
  }
  return std::nullopt;
}

model::Server* server_of(const Call& call) {
  const auto found = call.world.servers.find(call.id);
  return found == call.world.servers.end() ? nullptr : &found->second;
}

}  // namespace vfstock::mockpanel::api
