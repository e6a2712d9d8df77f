#include "sim/invariants/expected.h"

#include <algorithm>
#include <utility>

namespace vfstock::sim::invariants {
namespace {

constexpr std::int64_t column_max = 2147483647;

/// Follows the steps of a decision in their order; each step either settles the matter or goes on.
class Deduction {
 public:
  Deduction(const Row& row, const Evidence& evidence, const Expectations& expectations, Time now)
      : evidence_(evidence), expectations_(expectations), now_(now) {
    result_.columns = read_columns(row, expectations);
  }

  Expected conclude() {
    if (columns().other_panel) return keep(Basis::rule, "its servers belong to another panel");
    if (columns().package <= 0) return keep(Basis::rule, "it names no package");
    const Reading<PackageFacts> package = evidence_.package(columns().package, now_);
    rest_on(package);
    if (is_unknown(package.known)) return keep_unknown(package.known, package.story);
    if (package.known == Known::missing) return set(0, Basis::nothing_sold, package.story);
    if (!package.facts.enabled) {
      return set(0, Basis::nothing_sold, package.story + " and is disabled");
    }
    if (columns().groups.empty()) return keep(Basis::rule, "it names no group");
    return count(package.facts);
  }

 private:
  const ShopColumns& columns() const { return result_.columns; }
  static bool is_unknown(Known known) {
    return known == Known::unavailable || known == Known::partial;
  }

  template <class Facts>
  void rest_on(const Reading<Facts>& reading) {
    result_.keep = result_.keep || reading.may_keep;
    if (reading.known == Known::partial || reading.at < result_.truth_at) return;
    result_.truth = reading.truth;
    result_.truth_at = reading.at;
  }

  Expected keep(Basis basis, std::string because) {
    result_.keep = true;
    result_.basis = basis;
    result_.because = std::move(because);
    return result_;
  }
  Expected keep_unknown(Known known, std::string because) {
    if (known == Known::unavailable) return keep(Basis::unavailable, std::move(because));
    result_.neglected = !evidence_.may_be_silent(now_);
    return keep(Basis::partial, std::move(because));
  }
  Expected set(std::int64_t qty, Basis basis, std::string because) {
    result_.qty = qty;
    result_.basis = basis;
    result_.because = std::move(because);
    return result_;
  }

  Expected count(const PackageFacts& package) {
    std::vector<Reading<GroupFacts>> readings;
    for (const std::int64_t id : columns().groups) {
      readings.push_back(evidence_.group(id, now_));
      rest_on(readings.back());
    }
    // A failed lookup says more than one that was not made after it.
    for (const Known unknown : {Known::unavailable, Known::partial}) {
      for (const auto& reading : readings) {
        if (reading.known == unknown) return keep_unknown(unknown, reading.story);
      }
    }
    std::vector<const GroupFacts*> groups;
    for (const auto& reading : readings) {
      if (reading.known == Known::found) groups.push_back(&reading.facts);
    }
    return limit(recount(groups, {package, columns().addresses, columns().buffer}, expectations_));
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

  const Evidence& evidence_;
  const Expectations& expectations_;
  Time now_;
  Expected result_;
};

}  // namespace

Expected expect(const Row& row, const Evidence& evidence, const Expectations& expectations,
                Time now) {
  return Deduction(row, evidence, expectations, now).conclude();
}

}  // namespace vfstock::sim::invariants
