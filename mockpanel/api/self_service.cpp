// Self service: what users may buy on the panel itself. Profiles and packs are bare numbers here;
// the panel has no API that creates them.
#include <algorithm>
#include <array>

#include "mockpanel/api/handlers.h"
#include "mockpanel/api/user_of.h"

namespace vfstock::mockpanel::api {
namespace {

using ServiceType = BodyField::Type;

constexpr BodyField profile_field{"profileId", ServiceType::integer, true, 1};
constexpr BodyField pack_field{"packId", ServiceType::integer, true, 1};

/// Changes the user that the path names by one number of the body; no answer but 204.
template <typename Change>
Response change_user(const Call& call, const BodyField& field, Change change) {
  model::User* const user = user_by_relation(call.world, call.id);
  if (user == nullptr) return no_such_relation();
  const Body body = body_of(call, std::span(&field, 1));
  if (auto refused = refusal(call, body)) return *std::move(refused);
  change(user->self_service, *body.number(std::string(field.name).c_str()));
  call.world.touch();
  return {204, {}, {}};
}

void add_once(std::vector<std::int64_t>& list, std::int64_t id) {
  if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

/// "{profile}" stands first in these paths, the user second.
Response drop_profile(const Call& call, std::vector<std::int64_t> model::SelfService::*list) {
  model::User* const user = user_by_relation(call.world, call.other);
  if (user == nullptr) return no_such_relation();
  if (std::erase(user->self_service.*list, call.id) == 0) return not_found("profile");
  call.world.touch();
  return {204, {}, {}};
}

model::Grant& grant(const Call& call, const model::User& user) {
  const std::int64_t id = call.world.grants.empty() ? 1 : call.world.grants.rbegin()->first + 1;
  model::Grant& made = call.world.grants[id];
  made.id = id;
  made.user = user.id;
  call.world.touch();
  return made;
}

model::Grant* pack_of(const Call& call) {
  const auto found = call.world.grants.find(call.id);
  const bool pack = found != call.world.grants.end() && found->second.pack > 0;
  return pack ? &found->second : nullptr;
}

Json usage_of_nothing() { return {{"t", 0}, {"u", 0}, {"f", 0}, {"p", 0}, {"l", false}}; }

Json render_pack(const model::Grant& pack) {
  Json limits = Json::object();
  for (const char* const limit :
       {"total_servers", "total_memory", "total_storage", "total_cpu", "total_traffic",
        "max_memory", "max_storage", "max_cpu", "max_traffic"}) {
    limits[limit] = 0;
  }
  Json used = Json::object(), usage = Json::object();
  for (const char* const what : {"servers", "memory", "storage", "cpu", "traffic"}) {
    used[what] = 0;
    usage[what] = usage_of_nothing();
  }
  return {{"type", "pack"},
          {"id", pack.id},
          {"pid", pack.pack},
          {"label", nullptr},
          {"name", "Pack " + std::to_string(pack.pack)},
          {"enabled", pack.enabled},
          {"limits", std::move(limits)},
          {"used", std::move(used)},
          {"usage", std::move(usage)}};
}

}  // namespace

Response answer_currencies(const Call&) {
  return record(200, Json::array({Json{{"id", 1},
                                       {"code", "EUR"},
                                       {"value", "1.00000"},
                                       {"prefix", "€"},
                                       {"suffix", nullptr},
                                       {"default", true},
                                       {"enabled", true}}}));
}

Response add_credit(const Call& call) {
  constexpr std::array<BodyField, 3> fields{
      {{"tokens", ServiceType::number, true, 0, 999999999},
       {"reference_1", ServiceType::integer, false, 0, INT64_MAX},
       {"reference_2", ServiceType::text, false, 0, 1000}}};
  const model::User* const user = user_by_relation(call.world, call.id);
  if (user == nullptr) return no_such_relation();
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  model::Grant& credit = grant(call, *user);
  credit.tokens = body.json["tokens"].get<double>();
  return record(201, Json{{"id", credit.id}});
}

Response cancel_credit(const Call& call) {
  const auto found = call.world.grants.find(call.id);
  if (found == call.world.grants.end() || found->second.pack > 0) return not_found("credit");
  call.world.grants.erase(found);
  call.world.touch();
  return {204, {}, {}};
}

Response add_hourly_group(const Call& call) {
  return change_user(call, profile_field, [](model::SelfService& service, std::int64_t id) {
    add_once(service.hourly_groups, id);
  });
}

Response remove_hourly_group(const Call& call) {
  return drop_profile(call, &model::SelfService::hourly_groups);
}

Response add_resource_group(const Call& call) {
  return change_user(call, profile_field, [](model::SelfService& service, std::int64_t id) {
    add_once(service.resource_groups, id);
  });
}

Response remove_resource_group(const Call& call) {
  return drop_profile(call, &model::SelfService::resource_groups);
}

Response set_hourly_pack(const Call& call) {
  return change_user(call, pack_field, [](model::SelfService& service, std::int64_t id) {
    service.hourly_pack = id;
  });
}

Response set_access(const Call& call) {
  constexpr std::array<BodyField, 1> fields{{{"syncToProfiles", ServiceType::boolean, true}}};
  model::User* const user = user_by_relation(call.world, call.id);
  if (user == nullptr) return no_such_relation();
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  model::SelfService& service = user->self_service;
  if (*body.flag("syncToProfiles")) {
    service.level =
        (service.hourly_groups.empty() ? 0 : 1) + (service.resource_groups.empty() ? 0 : 2);
    call.world.touch();
  }
  return {204, {}, {}};
}

Response add_resource_pack(const Call& call) {
  constexpr std::array fields{pack_field, BodyField{"enabled", ServiceType::boolean}};
  const model::User* const user = user_by_relation(call.world, call.id);
  if (user == nullptr) return no_such_relation();
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  model::Grant& pack = grant(call, *user);
  pack.pack = *body.number("packId");
  pack.enabled = body.flag("enabled").value_or(true);
  return record(201, Json{{"id", pack.id}});
}

Response answer_resource_pack(const Call& call) {
  const model::Grant* const pack = pack_of(call);
  if (pack == nullptr) return not_found("resource pack");
  return record(200, render_pack(*pack));
}

Response update_resource_pack(const Call& call) {
  constexpr std::array<BodyField, 1> fields{{{"enabled", ServiceType::boolean, true}}};
  model::Grant* const pack = pack_of(call);
  if (pack == nullptr) return not_found("resource pack");
  const Body body = body_of(call, fields);
  if (auto refused = refusal(call, body)) return *std::move(refused);
  pack->enabled = *body.flag("enabled");
  call.world.touch();
  return {204, {}, {}};
}

Response delete_resource_pack(const Call& call) {
  if (pack_of(call) == nullptr) return not_found("resource pack");
  call.world.grants.erase(call.id);
  call.world.touch();
  return {204, {}, {}};
}

}  // namespace vfstock::mockpanel::api
