#include "engine/sqlite/state_file.h"

#include <nlohmann/json.hpp>

#include "engine/sqlite/wall_time.h"

namespace vfstock::sqlite {
namespace {

using nlohmann::json;
using schedule::Remembered;

WallTime time_from(const json& value) { return wall_time_of(value.get<std::int64_t>()); }

json retry_json(const Remembered::Retry& retry) {
  return {{"due", milliseconds_of(retry.due)}, {"delay", retry.delay.count()}};
}
Remembered::Retry retry_from(const json& value) {
  return {time_from(value.at("due")), std::chrono::seconds(value.at("delay").get<std::int64_t>())};
}

template <class Id>
json numbers_of(const std::vector<Id>& ids) {
  json numbers = json::array();
  for (const Id id : ids) numbers.push_back(id.value);
  return numbers;
}
template <class Id>
std::vector<Id> ids_from(const json& numbers) {
  std::vector<Id> ids;
  for (const json& number : numbers) ids.push_back(Id{number.get<std::int64_t>()});
  return ids;
}

json hold_json(const Remembered::Hold& hold) {
  json kept{{"since", milliseconds_of(hold.since)}};
  if (hold.steady) kept["steady"] = hold.steady->count();
  return kept;
}
/// A bare number is how earlier versions wrote it.
Remembered::Hold hold_from(const json& value) {
  if (value.is_number()) return {time_from(value)};
  Remembered::Hold hold{time_from(value.at("since"))};
  if (value.contains("steady")) hold.steady = Instant{value["steady"].get<std::int64_t>()};
  return hold;
}

json deletion_json(const Remembered::Deletion& deletion) {
  json groups = nullptr;
  if (deletion.groups) {
    groups = json::array();
    for (const panel::GroupId id : *deletion.groups) groups.push_back(id.value);
  }
  return {{"due", milliseconds_of(deletion.due)}, {"groups", std::move(groups)}};
}
Remembered::Deletion deletion_from(const json& value) {
  Remembered::Deletion deletion{time_from(value.at("due")), std::nullopt};
  if (value.at("groups").is_null()) return deletion;
  deletion.groups.emplace();
  for (const json& id : value.at("groups")) {
    deletion.groups->push_back(panel::GroupId{id.get<std::int64_t>()});
  }
  return deletion;
}

json json_of(const Remembered& state) {
  json kept{{"windows", json::object()},  {"event_waits", state.event_waits},
            {"deletions", json::array()}, {"retries", json::object()},
            {"braked", json::object()},   {"emptied", json::array()}};
  for (const auto& [key, began] : state.windows) kept["windows"][key] = milliseconds_of(began);
  for (const auto& deletion : state.deletions) kept["deletions"].push_back(deletion_json(deletion));
  for (const auto& [product, retry] : state.retries) {
    kept["retries"][std::to_string(product.value)] = retry_json(retry);
  }
  if (state.sweep_retry) kept["sweep_retry"] = retry_json(*state.sweep_retry);
  for (const auto& [product, hold] : state.braked) {
    kept["braked"][std::to_string(product.value)] = hold_json(hold);
  }
  for (const catalogue::ProductId product : state.emptied) kept["emptied"].push_back(product.value);
  kept["unasked"] = {{"packages", numbers_of(state.unasked_packages)},
                     {"groups", numbers_of(state.unasked_groups)}};
  if (state.quiet_until) kept["quiet_until"] = milliseconds_of(*state.quiet_until);
  if (state.last_probe) kept["last_probe"] = milliseconds_of(*state.last_probe);
  return kept;
}

Remembered remembered_from(const json& kept) {
  Remembered state;
  for (const auto& [key, began] : kept.at("windows").items()) {
    state.windows[key] = time_from(began);
  }
  kept.at("event_waits").get_to(state.event_waits);
  for (const json& deletion : kept.at("deletions")) {
    state.deletions.push_back(deletion_from(deletion));
  }
  for (const auto& [product, retry] : kept.at("retries").items()) {
    state.retries[catalogue::ProductId{std::stoll(product)}] = retry_from(retry);
  }
  if (kept.contains("sweep_retry")) state.sweep_retry = retry_from(kept["sweep_retry"]);
  for (const auto& [product, since] : kept.at("braked").items()) {
    state.braked[catalogue::ProductId{std::stoll(product)}] = hold_from(since);
  }
  for (const json& product : kept.at("emptied")) {
    state.emptied.push_back(catalogue::ProductId{product.get<std::int64_t>()});
  }
  if (kept.contains("unasked")) {
    state.unasked_packages = ids_from<panel::PackageId>(kept["unasked"].at("packages"));
    state.unasked_groups = ids_from<panel::GroupId>(kept["unasked"].at("groups"));
  }
  if (kept.contains("quiet_until")) state.quiet_until = time_from(kept["quiet_until"]);
  if (kept.contains("last_probe")) state.last_probe = time_from(kept["last_probe"]);
  return state;
}

}  // namespace

std::optional<Remembered> StateFile::load() {
  const std::vector<Row> rows = database_.query("SELECT remembered FROM state WHERE id = 1", {});
  if (rows.empty()) return std::nullopt;
  try {
    return remembered_from(json::parse(rows.front().text("remembered")));
  } catch (const json::exception&) {
    return std::nullopt;
  } catch (const std::logic_error&) {  // a key that is no number
    return std::nullopt;
  }
}

void StateFile::save(const Remembered& remembered) {
  database_.change("INSERT OR REPLACE INTO state (id, remembered) VALUES (1, ?)",
                   {json_of(remembered).dump()});
}

}  // namespace vfstock::sqlite
