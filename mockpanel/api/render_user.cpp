#include "mockpanel/api/render_user.h"

#include "mockpanel/api/dates.h"

namespace vfstock::mockpanel::api {
namespace {

Json nullable_number(const std::optional<std::int64_t>& number) {
  return number ? Json(*number) : Json();
}

}  // namespace

Json render_user(const model::User& user) {
  return {{"id", user.id},
          {"admin", user.admin},
          {"extRelationId", nullable_number(user.ext_relation)},
          {"selfService", user.self_service.level},
          {"selfServiceHourlyGroupProfiles", user.self_service.hourly_groups},
          {"selfServiceResourceGroupProfiles", user.self_service.resource_groups},
          {"selfServiceHourlyResourcePack", nullable_number(user.self_service.hourly_pack)},
          {"name", user.name},
          {"email", user.email},
          {"timezone", "Europe/London"},
          {"suspended", user.suspended},
          {"twoFactorAuth", false},
          {"created", with_fraction(user.created)},
          {"updated", with_fraction(user.created)}};
}

Json render_owner(const model::User& user) {
  return {{"id", user.id},
          {"admin", user.admin},
          {"extRelationId", nullable_number(user.ext_relation)},
          {"name", user.name},
          {"email", user.email},
          {"timezone", "Europe/London"},
          {"suspended", user.suspended},
          {"twoFactorAuth", false},
          {"created", with_offset(user.created)},
          {"updated", with_offset(user.created)}};
}

Json render_ssh_key(const model::SshKey& key) {
  return {{"id", key.id},
          {"name", key.name},
          {"publicKey", key.public_key},
          {"type", ssh_key_type(key)},
          {"enabled", true},
          {"created", with_fraction(key.created)},
          {"updated", with_fraction(key.created)}};
}

std::string ssh_key_type(const model::SshKey& key) {
  return key.public_key.substr(0, key.public_key.find(' '));
}

}  // namespace vfstock::mockpanel::api
