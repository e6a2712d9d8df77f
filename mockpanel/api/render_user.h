// User records, and what belongs to users.
#pragma once

#include <string>

#include "mockpanel/api/answer.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// A user as its own record.
Json render_user(const model::User& user);
/// A user as part of a server's record: without self service, dates in the other way.
Json render_owner(const model::User& user);

Json render_ssh_key(const model::SshKey& key);
/// The first word of the key, "ssh-ed25519" for instance.
std::string ssh_key_type(const model::SshKey& key);

}  // namespace vfstock::mockpanel::api
