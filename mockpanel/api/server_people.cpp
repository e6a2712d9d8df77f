// Who has to do with a server: its owner, and the keys that open it.
#include "mockpanel/api/dates.h"
#include "mockpanel/api/render_user.h"
#include "mockpanel/api/server_parts.h"

namespace vfstock::mockpanel::api {

Json built_part(const model::Server& server) {
  if (!server.built) return nullptr;
  return with_offset(server.built_at.empty() ? server.created : server.built_at);
}

Json owner_part(const model::World& world, const model::Server& server) {
  const auto found = world.users.find(server.owner);
  return found == world.users.end() ? Json() : render_owner(found->second);
}

Json ssh_keys_part(const model::World& world, const model::Server& server) {
  Json list = Json::array();
  for (const std::int64_t id : server.ssh_keys) {
    const auto found = world.ssh_keys.find(id);
    if (found == world.ssh_keys.end()) continue;
    const model::SshKey& key = found->second;
    list.push_back({{"id", key.id},
                    {"ownerId", key.owner},
                    {"type", ssh_key_type(key)},
                    {"name", key.name},
                    {"public", key.public_key},
                    {"enabled", true},
                    {"created", with_offset(key.created)}});
  }
  return list;
}

}  // namespace vfstock::mockpanel::api
