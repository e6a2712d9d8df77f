#include "engine/live/plan_file.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <limits>
#include <new>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include "engine/catalogue/panel_name.h"
#include "engine/live/settings.h"
#include "engine/sqlite/compressed.h"
#include "engine/sqlite/seen_json.h"

namespace vfstock::live {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// Only objects with exactly these members pass: what is not understood is not carried out.
void require_members(const json& object, std::initializer_list<std::string_view> names,
                     std::string_view what) {
  if (!object.is_object()) throw catalogue::StoreError(fmt::format("{}: expected an object", what));
  for (const auto& [name, value] : object.items()) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    throw catalogue::StoreError(fmt::format("{}: unknown member '{}'", what, name));
  }
  for (const std::string_view name : names) {
    if (object.contains(name)) continue;
    throw catalogue::StoreError(fmt::format("{}: member '{}' is missing", what, name));
  }
}

/// A whole number within these limits; neither 200.9 nor 2^32 + 200 becomes 200 on the way.
std::int64_t number(const json& value, std::int64_t least, std::int64_t most,
                    std::string_view what) {
  const bool fits = value.is_number_integer() &&
                    (!value.is_number_unsigned() ||
                     value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most)) &&
                    value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most;
  if (fits) return value.get<std::int64_t>();
  throw catalogue::StoreError(
      fmt::format("{}: expected a whole number from {} to {}", what, least, most));
}

constexpr std::int64_t number_min = std::numeric_limits<std::int64_t>::min(),
                       number_max = std::numeric_limits<std::int64_t>::max();

std::string base64(const std::string& bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::string from_base64(const std::string& text) {
  std::string bytes(3 * (text.size() / 4), '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
  if (length < 0) throw catalogue::StoreError("kept bytes are damaged");
  std::size_t size = static_cast<std::size_t>(length);
  // The length counts the padding's zeros.
  for (auto end = text.rbegin(); end != text.rend() && *end == '=' && size > 0; ++end) --size;
  bytes.resize(size);
  return bytes;
}

ordered_json answer_json(const panel::Answer& answer) {
  ordered_json headers = ordered_json::array();
  for (const panel::Header& header : answer.headers) {
    headers.push_back(ordered_json::array({header.name, header.value}));
  }
  return {{"ending", panel::name(answer.ending)},
          {"status", answer.status},
          {"headers", std::move(headers)},
          {"detail", answer.detail},
          {"body", base64(sqlite::compressed(answer.body))}};
}

panel::Answer answer_from(const json& kept) {
  require_members(kept, {"ending", "status", "headers", "detail", "body"}, "an answer");
  panel::Answer answer;
  const auto ending = sqlite::ending_from(kept.at("ending").get<std::string>());
  if (!ending) throw catalogue::StoreError("an answer with an unknown ending");
  answer.ending = *ending;
  constexpr std::int64_t status_max = 999;  // 0: there was none
  answer.status = static_cast<int>(number(kept.at("status"), 0, status_max, "status"));
  for (const json& header : kept.at("headers")) {
    answer.headers.push_back({header.at(0).get<std::string>(), header.at(1).get<std::string>()});
  }
  kept.at("detail").get_to(answer.detail);
  answer.body = sqlite::decompressed(from_base64(kept.at("body").get<std::string>()));
  return answer;
}

ordered_json line_json(const SyncLine& line) {
  return {{"seen", sqlite::seen_json(line.seen)},
          {"action", line.action},
          {"now", line.now},
          {"next", line.next ? ordered_json(*line.next) : ordered_json(nullptr)},
          {"cause", line.cause},
          {"why", line.why},
          {"binding", line.binding}};
}

SyncLine line_from(const json& kept) {
  require_members(kept, {"seen", "action", "now", "next", "cause", "why", "binding"}, "a product");
  SyncLine line;
  line.seen = sqlite::seen_from(kept.at("seen"));
  kept.at("action").get_to(line.action);
  line.now = number(kept.at("now"), number_min, number_max, "now");
  constexpr std::int64_t qty_max = 2147483647;
  if (!kept.at("next").is_null()) line.next = number(kept.at("next"), 0, qty_max, "next");
  kept.at("cause").get_to(line.cause);
  kept.at("why").get_to(line.why);
  kept.at("binding").get_to(line.binding);
  return line;
}

ordered_json scope_json(const plan::Scope& scope) {
  ordered_json list = ordered_json::array();
  if (scope.is_all()) return list;
  for (const catalogue::ProductId id : *scope.ids()) list.push_back(id.value);
  return list;
}

SyncPlan plan_of(const json& kept) {
  const bool is_plan = kept.is_object() && kept.contains("kind") && kept["kind"] == "vfstock plan";
  if (!is_plan || kept.at("format") != 1) {
    throw catalogue::StoreError("of another kind or a newer format");
  }
  require_members(kept,
                  {"format", "kind", "made", "shop", "panel_host", "policy", "forced", "only",
                   "products", "hosts", "answers"},
                  "the plan");
  SyncPlan plan;
  plan.made = WallTime(std::chrono::milliseconds(number(kept.at("made"), 0, number_max, "made")));
  kept.at("shop").get_to(plan.shop);
  kept.at("panel_host").get_to(plan.panel_host);
  plan.policy = kept.at("policy").get<plan::PolicyWords>();
  plan::policy_from(plan.policy);  // throws where it means nothing
  kept.at("forced").get_to(plan.forced);
  // An empty list stands for all products; no plan is kept of none.
  std::vector<catalogue::ProductId> products;
  for (const json& id : kept.at("only")) products.push_back({number(id, 1, number_max, "only")});
  if (!products.empty()) plan.scope = plan::Scope::of(std::move(products));
  for (const json& line : kept.at("products")) plan.lines.push_back(line_from(line));
  plan.hosts = sqlite::hosts_from(kept.at("hosts"));
  for (const auto& [target, answer] : kept.at("answers").items()) {
    plan.answers.emplace(target, answer_from(answer));
  }
  return plan;
}

}  // namespace

ordered_json plan_json(const SyncPlan& plan) {
  ordered_json kept{{"format", 1},
                    {"kind", "vfstock plan"},
                    {"made", plan.made.time_since_epoch().count()},
                    {"shop", plan.shop},
                    {"panel_host", plan.panel_host},
                    {"policy", plan.policy},
                    {"forced", plan.forced},
                    {"only", scope_json(plan.scope)},
                    {"products", ordered_json::array()},
                    {"hosts", sqlite::hosts_json(plan.hosts)},
                    {"answers", ordered_json::object()}};
  for (const SyncLine& line : plan.lines) kept["products"].push_back(line_json(line));
  for (const auto& [target, answer] : plan.answers) kept["answers"][target] = answer_json(answer);
  return kept;
}

SyncPlan plan_from(const json& kept) {
  try {
    return plan_of(kept);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const json::exception&) {
    throw SettingsError("is no plan of vfstock sync --out: a member has another kind of value");
  } catch (const std::exception& error) {
    throw SettingsError(std::string("is no plan of vfstock sync --out: ") + error.what());
  }
}

void refuse_stale(const SyncPlan& plan, WallTime now, std::chrono::milliseconds age_max) {
  // Clocks of two machines differ a little.
  constexpr std::chrono::minutes skew_max{1};
  const auto age = now - plan.made;
  if (age < -skew_max) {
    throw SettingsError(
        "was made in the future; look at the clock, and make a new plan with --dry-run --out");
  }
  if (age <= age_max) return;
  using std::chrono::minutes;
  throw SettingsError(fmt::format(
      "is {} minutes old, and the panel may have changed since (at most {}; --max-age); make a new "
      "one with --dry-run --out",
      std::chrono::floor<minutes>(age).count(), std::chrono::floor<minutes>(age_max).count()));
}

void refuse_other_panel(const SyncPlan& plan, const std::string& panel) {
  if (catalogue::panel_name(plan.panel_host) == catalogue::panel_name(panel)) return;
  throw SettingsError(fmt::format("is of the panel {}, and --panel is {}", plan.panel_host, panel));
}

}  // namespace vfstock::live
