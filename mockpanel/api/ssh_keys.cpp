// The SSH keys of users.
#include <array>

#include "mockpanel/api/dates.h"
#include "mockpanel/api/handlers.h"
#include "mockpanel/api/render_user.h"

namespace vfstock::mockpanel::api {
namespace {

/// "TYPE BASE64 [COMMENT]", of a type that OpenSSH knows.
bool is_public_key(std::string_view text) {
  const bool known = text.starts_with("ssh-") || text.starts_with("ecdsa-sha2-") ||
                     text.starts_with("sk-ssh-") || text.starts_with("sk-ecdsa-");
  const std::size_t blank = text.find(' ');
  return known && blank != std::string_view::npos && text.substr(blank + 1).starts_with("AAAA");
}

}  // namespace

Response create_ssh_key(const Call& call) {
  using Type = BodyField::Type;
  constexpr std::array<BodyField, 3> fields{{{"userId", Type::integer, true, 1},
                                             {"name", Type::text, true, 1, 255},
                                             {"publicKey", Type::text, true, 1, 16384}}};
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  model::SshKey key;
  key.owner = *body.number("userId");
  key.name = *body.text("name");
  key.public_key = *body.text("publicKey");
  key.created = call.wall;
  if (!call.world.users.contains(key.owner)) {
    return errors(422, {"The selected userId is invalid."});
  }
  if (!is_public_key(key.public_key)) {
    return errors(422, {"The publicKey field must be a public key as OpenSSH writes it."});
  }
  key.id = call.world.ssh_keys.empty() ? 1 : call.world.ssh_keys.rbegin()->first + 1;
  call.world.ssh_keys.emplace(key.id, key);
  call.world.touch();
  return record(201, Json{{"id", key.id},
                          {"name", key.name},
                          {"type", ssh_key_type(key)},
                          {"createdAt", with_fraction(key.created)}});
}

Response answer_ssh_key(const Call& call) {
  const auto found = call.world.ssh_keys.find(call.id);
  if (found == call.world.ssh_keys.end()) return not_found("ssh key");
  return record(200, render_ssh_key(found->second));
}

Response answer_user_ssh_keys(const Call& call) {
  if (!call.world.users.contains(call.id)) return not_found("user");
  Json list = Json::array();
  for (const auto& [id, key] : call.world.ssh_keys) {
    if (key.owner == call.id) list.push_back(render_ssh_key(key));
  }
  return record(200, std::move(list));
}

Response delete_ssh_key(const Call& call) {
  if (call.world.ssh_keys.erase(call.id) == 0) return not_found("ssh key");
  for (auto& [id, server] : call.world.servers) std::erase(server.ssh_keys, call.id);
  call.world.touch();
  return {204, {}, {}};
}

}  // namespace vfstock::mockpanel::api
