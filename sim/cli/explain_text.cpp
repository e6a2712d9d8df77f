#include "sim/cli/explain_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/plan/terms.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace {

using capacity::Count;
using capacity::Dimension;
using nlohmann::ordered_json;

ordered_json json_of(Count count) {
  if (count.is_unlimited()) return "unlimited";
  return count.places();
}

ordered_json json_of(const std::optional<Count>& count) {
  return count ? json_of(*count) : ordered_json(nullptr);
}

ordered_json json_of(Dimension dimension) {
  if (dimension == Dimension::none) return nullptr;
  return capacity::name(dimension);
}

std::string text_of(Count count) {
  return count.is_unlimited() ? "unlimited" : std::to_string(count.places());
}

std::string text_of(const std::optional<Count>& count) { return count ? text_of(*count) : "-"; }

/// What one VPS was counted as.
ordered_json footprint_json(const capacity::Footprint& footprint) {
  return {{"memory", footprint.memory_mb},
          {"cores", footprint.cores},
          {"storage", footprint.storage_gb},
          {"storage_profile", footprint.storage_profile},
          {"ipv4", footprint.ipv4_addresses}};
}

std::string_view outcome_of(const panel::Lookup<panel::GroupResources>& lookup) {
  return lookup.match([](const auto&) { return "found"; }, [](panel::Missing) { return "missing"; },
                      [](const panel::Unavailable&) { return "unavailable"; });
}

/// The part of a hypervisor in words: why it takes nothing whatever its resources, or nothing.
ordered_json skipped_json(const capacity::HypervisorBreakdown& hypervisor) {
  if (hypervisor.skipped == capacity::Skipped::no) return nullptr;
  return capacity::name(hypervisor.skipped);
}

ordered_json hypervisor_json(const capacity::HypervisorBreakdown& hypervisor) {
  ordered_json json;
  json["id"] = hypervisor.id;
  json["name"] = hypervisor.name;
  json["eligible"] = hypervisor.skipped == capacity::Skipped::no;
  json["skipped"] = skipped_json(hypervisor);
  json["memory"] = json_of(hypervisor.memory);
  json["cores"] = json_of(hypervisor.cores);
  json["storage"] = json_of(hypervisor.storage);
  json["storage_found"] = hypervisor.storage_found;
  json["servers"] = json_of(hypervisor.servers);
  json["ipv4"] = json_of(hypervisor.ipv4);
  json["fits"] = json_of(hypervisor.fits);
  json["binding"] = json_of(hypervisor.binding);
  return json;
}

/// As the decision read the product's column.
capacity::Percent buffer_of(const plan::Explanation& explanation) {
  return plan::terms_of(explanation.product, {}, {}).counting.buffer;
}

/// What the safety buffer keeps free on the eligible hypervisors of a group.
struct HeldBack {
  std::int64_t memory_mb = 0, cores = 0, local_storage_gb = 0;
};

HeldBack held_back(const panel::GroupResources& group, const capacity::Percent& buffer) {
  HeldBack held;
  for (const capacity::Hypervisor& hypervisor : group.hypervisors->rows()) {
    if (!hypervisor.enabled || !hypervisor.commissioned || hypervisor.prohibited) continue;
    held.memory_mb += buffer.reserve(std::max<std::int64_t>(0, hypervisor.memory_mb.max));
    held.cores += buffer.reserve(std::max<std::int64_t>(0, hypervisor.cores.max));
    if (!hypervisor.local_storage || !hypervisor.local_storage->enabled) continue;
    held.local_storage_gb +=
        buffer.reserve(std::max<std::int64_t>(0, hypervisor.local_storage->gigabytes.max));
  }
  return held;
}

ordered_json reserved_json(const std::vector<plan::ReservedOrder>& reserved) {
  ordered_json orders = ordered_json::array();
  for (const plan::ReservedOrder& order : reserved) {
    ordered_json json{{"service", order.service.service},
                      {"order", order.service.order},
                      {"product", order.service.product.id.value},
                      {"qty", order.service.qty},
                      {"places", order.places ? ordered_json(*order.places) : ordered_json()}};
    if (order.service.elsewhere) json["shop"] = order.service.elsewhere->shop;
    if (order.service.upgraded_from) {
      json["upgraded_from"] = order.service.upgraded_from->row.id.value;
    }
    orders.push_back(std::move(json));
  }
  return orders;
}

void print_reserved(const std::vector<plan::ReservedOrder>& reserved, std::ostream& out) {
  if (reserved.empty()) return;
  constexpr std::size_t listed_max = 50;
  out << "\nReserved for orders on their way:\n";
  for (std::size_t i = 0; i < reserved.size() && i < listed_max; ++i) {
    const plan::ReservedOrder& order = reserved[i];
    const catalogue::PendingService& service = order.service;
    out << fmt::format(
        "  service {} of order {}: {} of product {}{}, {}{}\n", service.service, service.order,
        service.qty, service.product.id.value,
        service.upgraded_from
            ? fmt::format(" instead of product {}", service.upgraded_from->row.id.value)
            : "",
        order.places ? fmt::format("as {} of this one", *order.places) : "of unknown size",
        service.elsewhere ? ", in " + report::clean(service.elsewhere->shop) : "");
  }
  if (reserved.size() > listed_max) {
    out << fmt::format("  and {} more\n", reserved.size() - listed_max);
  }
}

ordered_json found_group_json(const capacity::GroupBreakdown& group) {
  ordered_json json;
  json["capacity"] = json_of(group.capacity);
  json["ipv4_cap"] = json_of(group.ipv4_cap);
  json["binding"] = json_of(group.binding);
  json["hypervisors"] = ordered_json::array();
  for (const auto& hypervisor : group.hypervisors) {
    json["hypervisors"].push_back(hypervisor_json(hypervisor));
  }
  return json;
}

/// Pairs each group that was looked up with its breakdown, null where there is none.
template <class Visit>
void each_group(const plan::Explanation& explanation, Visit visit) {
  std::size_t next = 0;
  for (const auto& [id, told] : explanation.groups) {
    const bool counted = told.lookup.if_found() != nullptr && explanation.breakdown &&
                         next < explanation.breakdown->groups.size();
    visit(id, told.lookup, counted ? &explanation.breakdown->groups[next++] : nullptr);
  }
}

std::string binding_text(const capacity::HypervisorBreakdown& hypervisor) {
  if (hypervisor.skipped != capacity::Skipped::no) {
    return fmt::format("skipped: {}", capacity::name(hypervisor.skipped));
  }
  if (!hypervisor.storage_found) return "no enabled storage of this profile";
  return std::string(capacity::name(hypervisor.binding));
}

void print_group(const capacity::GroupBreakdown& group, std::ostream& out) {
  const std::string cap =
      group.ipv4_cap ? fmt::format(", IPv4 cap {}", text_of(*group.ipv4_cap)) : "";
  out << fmt::format("{} places ({} before addresses{})\n", text_of(group.capacity),
                     text_of(group.before_ipv4), cap);
  out << fmt::format("  {:>6}  {:<24} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}  {}\n", "id",
                     "hypervisor", "memory", "cores", "storage", "servers", "ipv4", "fits",
                     "binding");
  for (const auto& h : group.hypervisors) {
    out << fmt::format("  {:>6}  {:<24} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}  {}\n", h.id, h.name,
                       text_of(h.memory), text_of(h.cores), text_of(h.storage), text_of(h.servers),
                       text_of(h.ipv4), text_of(h.fits), binding_text(h));
  }
}

void print_binds(const std::vector<std::string>& binds, std::ostream& out) {
  for (std::size_t i = 0; i < binds.size(); ++i) {
    out << (i == 0 ? "What binds: " : "            ") << report::clean(binds[i]) << "\n";
  }
}

}  // namespace

ordered_json explanation_json(const plan::Explanation& explanation) {
  const plan::SetQty* set = explanation.decision.if_set();
  ordered_json json;
  json["format"] = 1;
  json["decision"] = set != nullptr ? "set" : "keep";
  json["qty"] = set != nullptr ? ordered_json(set->set.qty()) : ordered_json(nullptr);
  json["unlimited"] =
      explanation.breakdown.has_value() && explanation.breakdown->capacity.is_unlimited();
  json["why"] = plan::to_text(explanation.decision.why());
  json["cause"] = plan::name(explanation.decision.why().cause);
  json["footprint"] = nullptr;
  if (explanation.footprint) json["footprint"] = footprint_json(*explanation.footprint);
  json["overriding_options"] = explanation.overriding_options;
  json["binds"] = ordered_json::array();
  if (explanation.breakdown) json["binds"] = explanation.breakdown->binds;
  json["groups"] = ordered_json::array();
  const capacity::Percent buffer = buffer_of(explanation);
  each_group(explanation, [&](panel::GroupId id, const auto& lookup, const auto* breakdown) {
    ordered_json group;
    group["id"] = id.value;
    group["outcome"] = outcome_of(lookup);
    if (breakdown != nullptr) {
      group.update(found_group_json(*breakdown));
      const HeldBack held = held_back(*lookup.if_found(), buffer);
      group["held_back"] = {{"percent", buffer.text()},
                            {"memory", held.memory_mb},
                            {"cores", held.cores},
                            {"local_storage", held.local_storage_gb}};
    } else {
      group["capacity"] = lookup.is_missing() ? ordered_json(0) : ordered_json(nullptr);
      group["ipv4_cap"] = nullptr;
      group["binding"] = nullptr;
      group["hypervisors"] = ordered_json::array();
    }
    json["groups"].push_back(std::move(group));
  });
  json["reserved"] = reserved_json(explanation.reserved);
  return json;
}

void print_explanation(const plan::Explanation& explanation, std::ostream& out) {
  const plan::SetQty* set = explanation.decision.if_set();
  const plan::Why& why = explanation.decision.why();
  out << (set != nullptr ? fmt::format("Set {}", set->set.qty()) : std::string("Keep")) << " ("
      << plan::name(why.cause) << "): " << plan::to_text(why) << "\n";
  if (explanation.breakdown) print_binds(explanation.breakdown->binds, out);
  const capacity::Percent buffer = buffer_of(explanation);
  each_group(explanation, [&](panel::GroupId id, const auto& lookup, const auto* breakdown) {
    out << fmt::format("\nGroup {}: ", id.value);
    if (breakdown != nullptr) {
      print_group(*breakdown, out);
      const HeldBack held = held_back(*lookup.if_found(), buffer);
      out << fmt::format(
          "  the buffer of {} % holds back {} MB of memory, {} cores and {} GB of local storage\n",
          buffer.text(), held.memory_mb, held.cores, held.local_storage_gb);
    } else if (const panel::Unavailable* unavailable = lookup.if_unavailable()) {
      out << "unavailable: " << unavailable->detail << "\n";
    } else {
      out << outcome_of(lookup) << (lookup.is_missing() ? ", counts as 0" : "") << "\n";
    }
  });
  print_reserved(explanation.reserved, out);
}

}  // namespace vfstock::sim::cli
