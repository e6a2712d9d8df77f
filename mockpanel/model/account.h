// Who owns servers: users of the panel and their SSH keys.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace vfstock::mockpanel::model {

/// What a user may buy on the panel itself.
struct SelfService {
  std::int64_t level = 0;  // 0 off, 1 hourly, 2 resource packs, 3 both
  bool hourly_credit = false;
  std::vector<std::int64_t> hourly_groups, resource_groups;  // ids of profiles
  std::optional<std::int64_t> hourly_pack;
};

struct User {
  std::int64_t id = 0;
  std::string name, email;                   // no two users share an email
  std::optional<std::int64_t> ext_relation;  // the shop's own number for its client
  std::string created = "2024-03-12T22:22:09.000000Z";
  bool admin = false;
  bool suspended = false;
  SelfService self_service = {};
};

struct SshKey {
  std::int64_t id = 0;
  std::int64_t owner = 0;
  std::string name;
  std::string public_key;  // as OpenSSH writes it: type, Base64, comment
  std::string created;
};

/// Credit of a user or a resource pack that was given to one.
struct Grant {
  std::int64_t id = 0;
  std::int64_t user = 0;
  std::int64_t pack = 0;  // 0: credit
  double tokens = 0;
  bool enabled = true;
};

/// The administrator that every panel has from its installation on.
inline User first_user() {
  User user;
  user.id = 1;
  user.name = "Administrator";
  user.email = "admin@panel.example";
  user.admin = true;
  return user;
}

}  // namespace vfstock::mockpanel::model
