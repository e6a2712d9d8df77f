// The user routes, as a shop's provisioning needs them.
#include <algorithm>
#include <array>

#include "mockpanel/api/dates.h"
#include "mockpanel/api/handlers.h"
#include "mockpanel/api/render_user.h"
#include "mockpanel/api/user_of.h"

namespace vfstock::mockpanel::api {

model::User* user_by_relation(model::World& world, std::int64_t relation) {
  const auto found = std::find_if(world.users.begin(), world.users.end(), [&](const auto& entry) {
    return entry.second.ext_relation == relation;
  });
  return found == world.users.end() ? nullptr : &found->second;
}

Response no_such_relation() { return not_found("ext_relation_id"); }

namespace {

using UserType = BodyField::Type;

constexpr BodyField user_name{"name", UserType::text, true, 1, 255};
constexpr BodyField user_email{"email", UserType::text, true, 3, 255};
constexpr BodyField self_service_level{"selfService", UserType::integer, false, 0, 3};
constexpr BodyField hourly_credit{"selfServiceHourlyCredit", UserType::boolean};
constexpr BodyField hourly_groups{"selfServiceHourlyGroupProfiles", UserType::integers};
constexpr BodyField resource_groups{"selfServiceResourceGroupProfiles", UserType::integers};
constexpr BodyField hourly_pack{"selfServiceHourlyResourcePack"};

BodyField optional_field(BodyField field) {
  field.required = false;
  return field;
}

/// Laravel's rule asks for little more: something on both sides of one '@', no blanks.
bool is_email(const std::string& text) {
  const std::size_t at = text.find('@');
  return at != std::string::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string::npos && text.find(' ') == std::string::npos;
}

bool same_mailbox(const std::string& a, const std::string& b) { return same_name(a, b); }

std::optional<Response> refuse_email(const Call& call, const std::string& email,
                                     const model::User* except) {
  if (!is_email(email)) return errors(422, {"The email field must be a valid email address."});
  for (const auto& [id, user] : call.world.users) {
    if (&user != except && same_mailbox(user.email, email)) {
      return errors(422, {"The email has already been taken."});
    }
  }
  return std::nullopt;
}

void set_self_service(model::SelfService& service, const Body& body) {
  if (const auto level = body.number("selfService")) service.level = *level;
  if (const auto credit = body.flag("selfServiceHourlyCredit")) service.hourly_credit = *credit;
  if (const auto groups = body.numbers("selfServiceHourlyGroupProfiles")) {
    service.hourly_groups = *groups;
  }
  if (const auto groups = body.numbers("selfServiceResourceGroupProfiles")) {
    service.resource_groups = *groups;
  }
  if (const auto pack = body.number("selfServiceHourlyResourcePack")) service.hourly_pack = pack;
}

/// Present, because the real panel sends it once: clients must keep it out of their logs.
std::string made_up_password(const model::User& user) {
  return "made-up-password-of-user-" + std::to_string(user.id);
}

Response login(const Call& call, const std::string& more) {
  const std::string first = "made-up-login-1", second = "made-up-login-2";
  const std::string endpoint = "/token_authenticate/";
  const Json expiry{{"ttl", 60}, {"expires", a_minute_after(call.wall)}};
  return record(200, Json{{"authentication",
                           {{"tokens", {{"1", first}, {"2", second}}},
                            {"endpoint", endpoint},
                            {"endpoint_complete", endpoint + "?1=" + first + "&2=" + second + more},
                            {"expiry", expiry}}}});
}

}  // namespace

Response answer_user(const Call& call) {
  const model::User* const user = user_by_relation(call.world, call.id);
  if (user == nullptr) return no_such_relation();
  return record(200, render_user(*user));
}

Response create_user(const Call& call) {
  constexpr std::array fields{user_name,
                              user_email,
                              BodyField{"extRelationId", UserType::integer, false, 1, INT64_MAX},
                              BodyField{"relStr", UserType::text, false, 0, 255},
                              self_service_level,
                              hourly_credit,
                              hourly_groups,
                              resource_groups,
                              hourly_pack,
                              BodyField{"sendMail", UserType::boolean}};
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  const std::string email = *body.text("email");
  if (auto refused = refuse_email(call, email, nullptr)) return *std::move(refused);
  const auto relation = body.number("extRelationId");
  if (relation && user_by_relation(call.world, *relation) != nullptr) {
    return errors(422, {"The extRelationId has already been taken."});
  }
  model::User user;
  user.id = call.world.users.empty() ? 1 : call.world.users.rbegin()->first + 1;
  user.name = *body.text("name");
  user.email = email;
  user.ext_relation = relation;
  user.created = call.wall;
  set_self_service(user.self_service, body);
  call.world.users.emplace(user.id, user);
  call.world.touch();
  Json answer = render_user(user);
  answer["password"] = made_up_password(user);
  return record(201, std::move(answer));
}

Response update_user(const Call& call) {
  const std::array fields{optional_field(user_name),
                          optional_field(user_email),
                          self_service_level,
                          hourly_credit,
                          hourly_groups,
                          resource_groups,
                          hourly_pack,
                          BodyField{"enabled", UserType::boolean}};
  model::User* const user = user_by_relation(call.world, call.id);
  if (user == nullptr) return no_such_relation();
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  const std::string email = body.text("email").value_or(user->email);
  if (auto refused = refuse_email(call, email, user)) return *std::move(refused);
  user->name = body.text("name").value_or(user->name);
  user->email = email;
  user->suspended = !body.flag("enabled").value_or(!user->suspended);
  set_self_service(user->self_service, body);
  call.world.touch();
  return record(201, Json{{"name", user->name},
                          {"email", user->email},
                          {"selfService", user->self_service.level},
                          {"enabled", !user->suspended}});
}

Response delete_user(const Call& call) {
  const model::User* const user = user_by_relation(call.world, call.id);
  if (user == nullptr) return no_such_relation();
  const std::int64_t id = user->id;
  const bool owns = std::any_of(call.world.servers.begin(), call.world.servers.end(),
                                [&](const auto& entry) { return entry.second.owner == id; });
  if (owns) return errors(409, {"The user owns servers."});
  std::erase_if(call.world.ssh_keys, [&](const auto& entry) { return entry.second.owner == id; });
  call.world.users.erase(id);
  call.world.touch();
  return {204, {}, {}};
}

Response reset_user_password(const Call& call) {
  const model::User* const user = user_by_relation(call.world, call.id);
  if (user == nullptr) return no_such_relation();
  return record(201, Json{{"email", user->email}, {"password", made_up_password(*user)}});
}

Response create_login(const Call& call) {
  if (user_by_relation(call.world, call.id) == nullptr) return no_such_relation();
  return login(call, "");
}

Response create_server_login(const Call& call) {
  const model::User* const user = user_by_relation(call.world, call.id);
  if (user == nullptr) return no_such_relation();
  const auto server = call.world.servers.find(call.other);
  if (server == call.world.servers.end() || server->second.owner != user->id) {
    return not_found("server");
  }
  return login(call, "&server=" + std::to_string(call.other));
}

}  // namespace vfstock::mockpanel::api
