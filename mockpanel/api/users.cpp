// The user routes, as a shop's provisioning needs them.
#include <algorithm>
#include <array>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/body.h"
#include "mockpanel/api/routes.h"

namespace vfstock::mockpanel::api {
namespace {

using Type = BodyField::Type;

Json render_user(const model::User& user) {
  return {{"id", user.id},
          {"admin", false},
          {"extRelationId", user.ext_relation ? Json(*user.ext_relation) : Json()},
          {"selfService", 0},
          {"selfServiceHourlyGroupProfiles", Json::array()},
          {"selfServiceResourceGroupProfiles", Json::array()},
          {"selfServiceHourlyResourcePack", nullptr},
          {"name", user.name},
          {"email", user.email},
          {"timezone", "Europe/London"},
          {"suspended", false},
          {"twoFactorAuth", false},
          {"created", user.created},
          {"updated", user.created}};
}

const model::User* by_relation(const model::World& world, std::int64_t relation) {
  const auto found = std::find_if(world.users.begin(), world.users.end(), [&](const auto& entry) {
    return entry.second.ext_relation == relation;
  });
  return found == world.users.end() ? nullptr : &found->second;
}

}  // namespace

Response answer_user(const Call& call) {
  const model::User* const user = by_relation(call.world, call.id);
  if (user == nullptr) return not_found("user");
  return record(200, render_user(*user));
}

Response create_user(const Call& call) {
  constexpr std::array<BodyField, 9> fields{{{"name", Type::text, true, 1, 255},
                                             {"email", Type::text, true, 3, 255},
                                             {"extRelationId", Type::integer, false, 1},
                                             {"selfService", Type::integer, false, 0, 3},
                                             {"selfServiceHourlyCredit", Type::boolean},
                                             {"selfServiceHourlyGroupProfiles", Type::integers},
                                             {"selfServiceResourceGroupProfiles", Type::integers},
                                             {"selfServiceHourlyResourcePack"},
                                             {"sendMail", Type::boolean}}};
  const Body body = read_body(call.request.body, fields);
  if (!body.problems.empty()) return errors(422, body.problems);
  if (call.options.strict && !body.unknown.empty()) {
    return errors(400, {"Unknown body field: " + body.unknown.front()});
  }
  const auto relation = body.number("extRelationId");
  if (relation && by_relation(call.world, *relation) != nullptr) {
    return errors(422, {"The extRelationId has already been taken."});
  }
  model::User user;
  user.id = call.world.users.empty() ? 1 : call.world.users.rbegin()->first + 1;
  user.name = *body.text("name");
  user.email = *body.text("email");
  user.ext_relation = relation;
  user.created = call.wall;
  call.world.users.emplace(user.id, user);
  call.world.touch();
  Json answer = render_user(user);
  // Present, because the real panel sends it this once: clients must keep it out of their logs.
  answer["password"] = "made-up-password-of-user-" + std::to_string(user.id);
  return record(201, std::move(answer));
}

}  // namespace vfstock::mockpanel::api
