#include "sim/invariants/expected.h"

#include <algorithm>
#include <map>
#include <utility>

#include "sim/invariants/recount_parts.h"
#include "sim/invariants/recount_shared.h"
#include "sim/invariants/reserved.h"

namespace vfstock::sim::invariants {
namespace {

/// Follows the steps of a decision in their order; each step either settles the matter or goes on.
class Deduction {
 public:
  Deduction(const Row& row, const std::vector<Held>& held, const Knowledge& knowledge,
            const Expectations& expectations, Time now)
      : held_(held), knowledge_(knowledge), expectations_(expectations), now_(now) {
    result_.columns = read_columns(row, expectations);
  }

  Expected conclude() {
    if (columns().other_panel) return keep(Basis::rule, "its servers belong to another panel");
    if (columns().package <= 0) return keep(Basis::rule, "it names no package");
    const Reading<PackageFacts> package = knowledge_.package(columns().package, now_);
    rest_on(package);
    if (package.known == Known::unprobed) {
      result_.unprobed = !result_.keep;
      return keep(Basis::unavailable, package.story);
    }
    if (is_unknown(package.known)) return keep_unknown(package.known, package.story);
    if (package.known == Known::missing) {
      result_.record_gone = true;
      return set(0, Basis::nothing_sold, package.story);
    }
    if (!package.facts.enabled) {
      result_.record_gone = true;
      return set(0, Basis::nothing_sold, package.story + " and is disabled");
    }
    if (columns().groups.empty()) return keep(Basis::rule, "it names no group");
    return count(package);
  }

 private:
  /// Packages by their ids, as of the moment of the answer about each.
  using PackagesThen =
      std::vector<std::pair<std::int64_t, std::shared_ptr<const mockpanel::model::World>>>;

  const ShopColumns& columns() const { return result_.columns; }
  static bool is_unknown(Known known) {
    return known == Known::unavailable || known == Known::partial || known == Known::stale;
  }

  template <class Facts>
  void rest_on(const Reading<Facts>& reading) {
    result_.keep = result_.keep || reading.may_keep;
    result_.lied_to = result_.lied_to || reading.lied;
    const bool nothing = reading.known == Known::partial || reading.known == Known::stale;
    if (nothing || reading.at < result_.truth_at) return;
    result_.truth = reading.truth;
    result_.truth_at = reading.at;
  }

  Expected keep(Basis basis, std::string because) {
    result_.keep = true;
    result_.by_rule = basis == Basis::rule;
    result_.basis = basis;
    result_.because = std::move(because);
    return result_;
  }
  Expected keep_unknown(Known known, std::string because) {
    if (known == Known::unavailable) return keep(Basis::unavailable, std::move(because));
    // Where the rules leave an answer open, a client may have stopped there.
    result_.neglected = !knowledge_.may_be_silent(now_) && !result_.keep;
    if (known == Known::unprobed) return keep(Basis::unavailable, std::move(because));
    return keep(known == Known::stale ? Basis::stale : Basis::partial, std::move(because));
  }
  Expected set(std::int64_t qty, Basis basis, std::string because) {
    result_.qty = qty;
    result_.basis = basis;
    result_.because = std::move(because);
    return result_;
  }

  /// Of the packages that options offer besides.
  std::map<std::int64_t, Reading<PackageFacts>> other_packages() {
    std::map<std::int64_t, Reading<PackageFacts>> readings;
    for (const std::int64_t id : columns().options.packages) {
      if (id == columns().package) continue;
      readings.emplace(id, knowledge_.package(id, now_));
      rest_on(readings.at(id));
    }
    return readings;
  }

  Expected count(const Reading<PackageFacts>& package) {
    const auto others = other_packages();
    for (const auto& [id, other] : others) {
      const bool open = is_unknown(other.known) || other.known == Known::unprobed;
      if (open) return keep_unknown(other.known, other.story);
    }
    std::vector<Reading<GroupFacts>> readings;
    for (const std::int64_t id : columns().groups) {
      readings.push_back(knowledge_.group(id, now_));
      rest_on(readings.back());
    }
    // A failed lookup says more than one that was not made after it.
    for (const Known unknown :
         {Known::unavailable, Known::unprobed, Known::partial, Known::stale}) {
      for (const auto& reading : readings) {
        if (reading.known == unknown) return keep_unknown(unknown, reading.story);
      }
    }
    PackagesThen sold{{columns().package, package.truth}};
    for (const auto& [id, other] : others) sold.emplace_back(id, other.truth);
    compose_truth(sold, readings);
    std::vector<FoundGroup> found;
    for (std::size_t i = 0; i < readings.size(); ++i) {
      if (readings[i].known == Known::found) {
        found.push_back({columns().groups[i], &readings[i].facts});
      } else {
        result_.record_gone = true;
      }
    }
    result_.told_all = told_all(found);
    const Reserved reserved = read_reserved(held_, knowledge_, expectations_, now_);
    if (reserved.unknown_for(columns().groups)) {
      return keep(Basis::unavailable, "what an order on its way needs is not known");
    }
    result_.keep = result_.keep || reserved.may_be_unknown_for(columns().groups);
    std::vector<PackageFacts> packages{package.facts};
    for (const auto& [id, other] : others) {
      if (other.known == Known::found && other.facts.enabled) packages.push_back(other.facts);
    }
    Places fewest;
    for (const Need& need : largest_needs(packages, columns().addresses, columns().options)) {
      fewest = lesser(fewest, places_left(found, {need.package, need.addresses, columns().buffer},
                                          reserved, expectations_));
    }
    return limit(fewest);
  }

  bool told_all(const std::vector<FoundGroup>& found) const {
    std::vector<const GroupFacts*> groups;
    for (const FoundGroup& group : found) groups.push_back(group.facts);
    const bool counted = columns().addresses &&
                         std::any_of(groups.begin(), groups.end(),
                                     [](const GroupFacts* group) { return has_figure(*group); });
    if (!counted) return true;
    const BlocksTold* const blocks = blocks_told(groups, expectations_);
    if (blocks == nullptr || !blocks->truth || !result_.truth) return false;
    return same_addresses(*blocks->truth, *result_.truth);
  }

  /// Blocks are remembered for longer than groups.
  static bool same_addresses(const mockpanel::model::World& one,
                             const mockpanel::model::World& other) {
    const auto same_block = [](const auto& a, const auto& b) {
      return a.first == b.first && a.second.enabled == b.second.enabled &&
             a.second.free() == b.second.free();
    };
    const auto same_bindings = [](const auto& a, const auto& b) {
      return a.first == b.first && a.second.blocks == b.second.blocks;
    };
    return std::equal(one.blocks.begin(), one.blocks.end(), other.blocks.begin(),
                      other.blocks.end(), same_block) &&
           std::equal(one.hypervisors.begin(), one.hypervisors.end(), other.hypervisors.begin(),
                      other.hypervisors.end(), same_bindings);
  }

  // Answers of different moments: the package and each group's hypervisors count as they were at
  // their own.
  void compose_truth(const PackagesThen& packages,
                     const std::vector<Reading<GroupFacts>>& readings) {
    std::shared_ptr<mockpanel::model::World> composed;
    for (const auto& [id, truth] : packages) {
      if (!truth || !result_.truth || truth == result_.truth) continue;
      const auto then = truth->packages.find(id);
      if (then == truth->packages.end()) continue;
      if (!composed) composed = std::make_shared<mockpanel::model::World>(*result_.truth);
      composed->packages.insert_or_assign(then->first, then->second);
    }
    for (std::size_t i = 0; i < readings.size(); ++i) {
      const auto& truth = readings[i].truth;
      if (!truth || !result_.truth || truth == result_.truth) continue;
      if (!composed) composed = std::make_shared<mockpanel::model::World>(*result_.truth);
      const auto group = truth->groups.find(columns().groups[i]);
      if (group != truth->groups.end())
        composed->groups.insert_or_assign(group->first, group->second);
      for (const auto* hypervisor : truth->members(columns().groups[i])) {
        composed->hypervisors[hypervisor->id] = *hypervisor;
        for (const std::int64_t id : hypervisor->blocks) take_block(*composed, *truth, id);
      }
    }
    if (composed) result_.truth = std::move(composed);
  }

  // A block that serves hypervisors of two moments counts as it was when more of it was free.
  static void take_block(mockpanel::model::World& composed, const mockpanel::model::World& then,
                         std::int64_t id) {
    const auto block = then.blocks.find(id);
    if (block == then.blocks.end()) return;
    const auto [mine, is_new] = composed.blocks.insert(*block);
    if (!is_new && mine->second.free() < block->second.free()) mine->second = block->second;
  }

  Expected limit(Places places) {
    const std::int64_t ceiling =
        std::clamp<std::int64_t>(expectations_.qty_ceiling.value_or(column_max), 0, column_max);
    if (!places && !expectations_.qty_ceiling) return keep(Basis::rule, "nothing limits it");
    const std::int64_t qty = places ? std::min(*places, ceiling) : ceiling;
    return set(qty, Basis::count,
               "the panel's answers leave room for " +
                   (places ? std::to_string(*places) : std::string("any number")));
  }

  const std::vector<Held>& held_;
  const Knowledge& knowledge_;
  const Expectations& expectations_;
  Time now_;
  Expected result_;
};

}  // namespace

bool Expected::takes(std::int64_t written) const {
  return qty == written || std::find(or_else.begin(), or_else.end(), written) != or_else.end();
}

Expected either(Expected one, Expected other) {
  if (!one.qty) std::swap(one, other);
  one.keep = one.keep || other.keep;
  one.by_rule = one.by_rule || other.by_rule;
  one.neglected = one.neglected && other.neglected;
  one.unprobed = one.unprobed && other.unprobed;
  if (other.qty && !one.takes(*other.qty)) one.or_else.push_back(*other.qty);
  return one;
}

std::vector<Held> held_by(const std::vector<Waiting>& waiting, const std::vector<Row>& rows) {
  std::vector<Held> held;
  for (const Waiting& order : waiting) {
    for (const Row& row : rows) {
      if (row.id == order.product) held.push_back({order, row});
    }
  }
  return held;
}

Expected expect(const Row& row, const std::vector<Held>& held, const Knowledge& knowledge,
                const Expectations& expectations, Time now) {
  return Deduction(row, held, knowledge, expectations, now).conclude();
}

}  // namespace vfstock::sim::invariants
