#include "sim/scenario/expectation.h"

#include <fmt/format.h>

namespace vfstock::sim::scenario {

namespace {

template <class Key>
std::int64_t count(const std::map<Key, std::int64_t>& counts, const Key& key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

/// Collects the differences between wanted and seen values.
class Differences {
 public:
  template <class T>
  void compare(const std::string& what, const T& wanted, const T& seen) {
    if (wanted == seen) return;
    found_.push_back(fmt::format("{}: expected {}, found {}", what, wanted, seen));
  }
  template <class T>
  void compare(const std::string& what, const std::optional<T>& wanted, const T& seen) {
    if (wanted) compare(what, *wanted, seen);
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

void compare_product(Differences& differences, const Expect& expect, const Seen& seen,
                     std::optional<std::int64_t> qty) {
  const std::int64_t id = *expect.product;
  const std::string product = fmt::format("product {}: ", id);
  if (!qty) {
    differences.compare(product + "row", std::string("there"), std::string("gone"));
    return;
  }
  differences.compare(product + "qty", expect.qty, *qty);
  const auto found = seen.decisions.find(id);
  const LastDecision last =
      found == seen.decisions.end() ? LastDecision{"none", "none", "none"} : found->second;
  differences.compare(product + "decision", expect.decision, last.decision);
  differences.compare(product + "why", expect.why, last.cause);
  differences.compare(product + "trigger", expect.trigger, last.trigger);
  differences.compare(product + "writes", expect.writes, count(seen.writes, id));
  differences.compare(product + "oversell", expect.oversell, count(seen.oversell, id));
}

std::int64_t field(const apply::Summary& summary, const std::string& name) {
  if (name == "total") return summary.total;
  if (name == "updated") return summary.updated;
  if (name == "zeroed") return summary.zeroed;
  if (name == "unchanged") return summary.unchanged;
  if (name == "skipped") return summary.skipped;
  return summary.held;
}

}  // namespace

std::vector<std::string> unmet(const Expect& expect, const Seen& seen,
                               std::optional<std::int64_t> qty) {
  Differences differences;
  if (expect.product) {
    compare_product(differences, expect, seen, qty);
  } else {
    std::int64_t writes = 0;
    for (const auto& [product, times] : seen.writes) writes += times;
    differences.compare("writes", expect.writes, writes);
  }
  for (const auto& [path, times] : expect.requests) {
    differences.compare("requests to " + path, times, count(seen.requests, path));
  }
  for (const auto& [name, wanted] : expect.summary) {
    if (seen.summary) {
      differences.compare("summary " + name, wanted, field(*seen.summary, name));
    } else {
      differences.compare("summary", std::string("of a refresh"), std::string("none"));
    }
  }
  return differences.take();
}

}  // namespace vfstock::sim::scenario
