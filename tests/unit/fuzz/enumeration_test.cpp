// Enumerations hold every case once, and every case is a scenario.
#include "sim/fuzz/enumeration.h"

#include <set>

#include <gtest/gtest.h>

#include "sim/document/canonical.h"
#include "sim/document/schemas.h"
#include "sim/fuzz/exhaustive.h"

namespace vfstock::sim::fuzz {
namespace {

using document::Json;

template <class Cases>
std::size_t distinct(const Cases& cases, std::uint64_t step) {
  std::set<std::string> seen;
  for (std::uint64_t index = 0; index < cases.size(); index += step) {
    const Json json = cases.timeline(index);
    document::published_schemas().check("scenario.schema.json", json, std::to_string(index));
    seen.insert(document::canonical(json["timeline"]));
  }
  return seen.size();
}

TEST(Singles, AreEveryFaultAtEveryRequest) {
  const Enumeration singles = Enumeration::singles();
  // Three packages, two groups of three pages: nine cold; each state has some.
  EXPECT_EQ(singles.size() % fault_menu().size(), 0U);
  EXPECT_GE(singles.size() / fault_menu().size(), 30U);
  EXPECT_EQ(distinct(singles, 1), singles.size());
}

TEST(Pairs, AreEveryTwoFaultsAtEveryTwoRequests) {
  const Enumeration pairs = Enumeration::pairs();
  const std::uint64_t faults = fault_classes().size() * fault_classes().size();
  EXPECT_EQ(pairs.size() % faults, 0U);
  EXPECT_EQ(distinct(pairs, 37), (pairs.size() + 36) / 37);
}

TEST(Exhaustive, WalksEveryWordOnce) {
  const Exhaustive words(2);
  EXPECT_EQ(words.size(), Exhaustive::letters() * Exhaustive::letters());
  EXPECT_EQ(distinct(words, 1), words.size());
}

}  // namespace
}  // namespace vfstock::sim::fuzz
