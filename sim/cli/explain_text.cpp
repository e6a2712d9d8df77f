#include "sim/cli/explain_text.h"

#include <fmt/format.h>

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
  json["binds"] = ordered_json::array();
  if (explanation.breakdown) json["binds"] = explanation.breakdown->binds;
  json["groups"] = ordered_json::array();
  each_group(explanation, [&](panel::GroupId id, const auto& lookup, const auto* breakdown) {
    ordered_json group;
    group["id"] = id.value;
    group["outcome"] = outcome_of(lookup);
    if (breakdown != nullptr) {
      group.update(found_group_json(*breakdown));
    } else {
      group["capacity"] = lookup.is_missing() ? ordered_json(0) : ordered_json(nullptr);
      group["ipv4_cap"] = nullptr;
      group["binding"] = nullptr;
      group["hypervisors"] = ordered_json::array();
    }
    json["groups"].push_back(std::move(group));
  });
  return json;
}

void print_explanation(const plan::Explanation& explanation, std::ostream& out) {
  const plan::SetQty* set = explanation.decision.if_set();
  const plan::Why& why = explanation.decision.why();
  out << (set != nullptr ? fmt::format("Set {}", set->set.qty()) : std::string("Keep")) << " ("
      << plan::name(why.cause) << "): " << plan::to_text(why) << "\n";
  if (explanation.breakdown) print_binds(explanation.breakdown->binds, out);
  each_group(explanation, [&](panel::GroupId id, const auto& lookup, const auto* breakdown) {
    out << fmt::format("\nGroup {}: ", id.value);
    if (breakdown != nullptr) {
      print_group(*breakdown, out);
    } else if (const panel::Unavailable* unavailable = lookup.if_unavailable()) {
      out << "unavailable: " << unavailable->detail << "\n";
    } else {
      out << outcome_of(lookup) << (lookup.is_missing() ? ", counts as 0" : "") << "\n";
    }
  });
}

}  // namespace vfstock::sim::cli
