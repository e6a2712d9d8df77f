#include "engine/capacity/node_caps.h"

#include <gtest/gtest.h>

namespace vfstock::capacity {
namespace {

const NodeCaps caps{{3, 35}, {4, 0}};

TEST(NodeCaps, LeaveOthersAlone) {
  EXPECT_EQ(slots_under(caps, 1, Quota{20, 5}, true), (Quota{20, 5}));
  EXPECT_EQ(slots_under(caps, 1, std::nullopt, true), std::nullopt);
}

TEST(NodeCaps, CountWhatIsThereAlready) {
  EXPECT_EQ(slots_under(caps, 3, Quota{0, -30}, true)->free, 5);
  EXPECT_EQ(slots_under(caps, 3, Quota{0, -40}, true)->free, -5);
}

TEST(NodeCaps, NeverLiftThePanelsOwnLimit) {
  EXPECT_EQ(slots_under(caps, 3, Quota{20, 2}, true)->free, 2);
}

TEST(NodeCaps, CountAloneWhereThePanelsSlotsAreIgnored) {
  EXPECT_EQ(slots_under(caps, 3, Quota{20, 2}, false)->free, 35 - 18);
  EXPECT_EQ(slots_under(caps, 1, Quota{20, 2}, false), std::nullopt);
}

TEST(NodeCaps, OfNoneAreNoQuotaOfZero) {
  const auto slots = slots_under(caps, 4, Quota{0, 0}, true);
  EXPECT_NE(slots->max, 0);
  EXPECT_EQ(slots->free, 0);
}

}  // namespace
}  // namespace vfstock::capacity
