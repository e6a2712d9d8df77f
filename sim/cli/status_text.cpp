#include "sim/cli/status_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/duration.h"
#include "sim/cli/moment.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace {

using live::ShopStatus;
using nlohmann::ordered_json;
using std::chrono::seconds;

std::int64_t count_held(const ShopStatus& status) {
  return std::count_if(status.waiting.begin(), status.waiting.end(),
                       [](const ShopStatus::Waiting& each) { return each.is_held; });
}

std::int64_t count_kept(const ShopStatus& status) {
  return static_cast<std::int64_t>(status.waiting.size()) - count_held(status);
}

seconds age(WallTime then, WallTime now) {
  return std::max(seconds{0}, std::chrono::floor<seconds>(now - then));
}

/// "3m ago": whole minutes and hours are enough.
std::string ago(WallTime then, WallTime now) {
  const seconds passed = age(then, now);
  if (passed < std::chrono::minutes{2}) return fmt::format("{} s ago", passed.count());
  if (passed < std::chrono::hours{2}) return fmt::format("{} min ago", passed.count() / 60);
  return fmt::format("{} h ago", passed.count() / 3600);
}

std::string product_text(catalogue::ProductId product, const std::string& name) {
  return fmt::format("product {} \"{}\"", product.value, report::clean(name));
}

ordered_json moment_json(const std::optional<WallTime>& moment) {
  return moment ? ordered_json(moment_text(*moment)) : ordered_json(nullptr);
}

std::int64_t seconds_of(WallTime moment) {
  return std::chrono::floor<seconds>(moment).time_since_epoch().count();
}

void add_metric(std::string& text, const char* name, const char* help, std::int64_t value) {
  text += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", name, help, value);
}

}  // namespace

std::string_view name(Health health) noexcept {
  switch (health) {
    case Health::ok:
      return "OK";
    case Health::warning:
      return "WARNING";
    case Health::critical:
      return "CRITICAL";
    case Health::unknown:
      break;
  }
  return "UNKNOWN";
}

// What the brake holds needs a person, and so does a shop that nobody has swept for long.
Health health_of(const ShopStatus& status, WallTime now, const AgeLimits& limits) {
  if (!status.last_sweep) return Health::unknown;
  if (count_held(status) > 0 || !status.last_good || now - *status.last_good >= limits.critical) {
    return Health::critical;
  }
  const bool is_well = status.waiting.empty() && status.foreign.empty() &&
                       status.last_failure.empty() && now - *status.last_good < limits.warning;
  return is_well ? Health::ok : Health::warning;
}

std::string status_text(const ShopStatus& status, WallTime now, Health health) {
  std::string text = fmt::format("VFSTOCK {} - ", name(health));
  if (!status.last_sweep) return text + "no sweep is on record\n";
  text += status.last_good ? "last good sweep " + ago(*status.last_good, now)
                           : std::string("no good sweep is on record");
  text += fmt::format(", {} products, {} kept for now, {} held by the brake", status.products,
                      count_kept(status), count_held(status));
  if (!status.foreign.empty()) {
    text += fmt::format(", {} raised by somebody else", status.foreign.size());
  }
  text += fmt::format(" | age={}s kept={} held={} foreign={}\n",
                      status.last_good ? age(*status.last_good, now).count() : 0,
                      count_kept(status), count_held(status), status.foreign.size());
  if (!status.last_failure.empty()) {
    text += fmt::format("the last sweep could not read the shop: {}\n",
                        report::clean(status.last_failure));
  }
  for (const ShopStatus::Waiting& each : status.waiting) {
    text += fmt::format("{} {} since {}: {}\n", product_text(each.product, each.name),
                        each.is_held ? "is held by the brake" : "keeps its qty",
                        moment_text(each.since), report::clean(each.why));
  }
  for (const ShopStatus::Foreign& each : status.foreign) {
    text += fmt::format(
        "{} stood at {} when it was left, and at {} on {}: somebody else writes it\n",
        product_text(each.product, each.name), each.ours, each.found, moment_text(each.at));
  }
  return text;
}

ordered_json status_json(const ShopStatus& status, WallTime now, Health health) {
  ordered_json json{
      {"format", 1},
      {"status", name(health)},
      {"last_good_sweep", moment_json(status.last_good)},
      {"age_seconds", status.last_good ? ordered_json(age(*status.last_good, now).count())
                                       : ordered_json(nullptr)},
      {"last_sweep", moment_json(status.last_sweep)},
      {"last_failure",
       status.last_failure.empty() ? ordered_json(nullptr) : ordered_json(status.last_failure)},
      {"products", status.products},
      {"waiting", ordered_json::array()},
      {"foreign", ordered_json::array()}};
  for (const ShopStatus::Waiting& each : status.waiting) {
    json["waiting"].push_back({{"id", each.product.value},
                               {"name", each.name},
                               {"outcome", each.is_held ? "held" : "kept"},
                               {"since", moment_text(each.since)},
                               {"why", each.why}});
  }
  for (const ShopStatus::Foreign& each : status.foreign) {
    json["foreign"].push_back({{"id", each.product.value},
                               {"name", each.name},
                               {"ours", each.ours},
                               {"found", each.found},
                               {"at", moment_text(each.at)}});
  }
  return json;
}

std::string status_metrics(const ShopStatus& status, Health health) {
  std::string text;
  add_metric(text, "vfstock_health", "0 ok, 1 warning, 2 critical, 3 unknown.",
             static_cast<std::int64_t>(health));
  add_metric(text, "vfstock_last_good_sweep_seconds",
             "When the last sweep ended that decided every product; 0: never.",
             status.last_good ? seconds_of(*status.last_good) : 0);
  add_metric(text, "vfstock_last_sweep_seconds", "When the last sweep ended; 0: never.",
             status.last_sweep ? seconds_of(*status.last_sweep) : 0);
  add_metric(text, "vfstock_products", "Managed products of the last sweep.", status.products);
  add_metric(text, "vfstock_products_kept",
             "Products that keep their qty for a reason that passes.", count_kept(status));
  add_metric(text, "vfstock_products_held", "Products whose fall the brake withholds.",
             count_held(status));
  add_metric(text, "vfstock_foreign_writes", "Times within a day that somebody else raised a qty.",
             static_cast<std::int64_t>(status.foreign.size()));
  return text;
}

}  // namespace vfstock::sim::cli
