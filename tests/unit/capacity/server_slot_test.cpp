#include "tests/unit/capacity/agreed_count.h"
#include "tests/unit/capacity/rows.h"

namespace vfstock::capacity {
namespace {

Count with_slots(std::optional<Quota> servers, ServerSlots rule) {
  Hypervisor row = test::fitting(10);
  row.servers = servers;
  Rules rules = test::without_buffer();
  rules.buffer = Percent::parse("1e-30").value();  // takes one unit of every buffered quota
  rules.server_slots = rule;
  return test::agreed_count({row}, test::smallest, rules);
}

TEST(ServerSlots, AreIgnoredByDefault) {
  EXPECT_EQ(Rules{}.server_slots, ServerSlots::ignore);
  EXPECT_EQ(with_slots(Quota{5, 2}, ServerSlots::ignore), Count::of(9));
}

TEST(ServerSlots, CapAHypervisorWithoutAnyBuffer) {
  EXPECT_EQ(with_slots(Quota{5, 2}, ServerSlots::enforce), Count::of(2));
}

TEST(ServerSlots, DoNotCapWithoutAQuota) {
  EXPECT_EQ(with_slots(Quota{0, -3}, ServerSlots::enforce), Count::of(9));
  EXPECT_EQ(with_slots(std::nullopt, ServerSlots::enforce), Count::of(9));
}

TEST(ServerSlots, AreNoneWhenOverdrawn) {
  EXPECT_EQ(with_slots(Quota{5, -2}, ServerSlots::enforce), Count::of(0));
}

TEST(ServerSlots, AreExactForTheLargestNumbers) {
  constexpr std::int64_t slots = (std::int64_t{1} << 52) + 1;
  Hypervisor row = test::unlimited_hypervisor();
  row.servers = Quota{slots, slots};
  Rules rules;
  rules.server_slots = ServerSlots::enforce;
  EXPECT_EQ(test::agreed_count({row}, test::smallest, rules), Count::of(slots));
}

TEST(ServerSlots, MakeAnOtherwiseUnlimitedHypervisorFinite) {
  Hypervisor row = test::unlimited_hypervisor();
  row.servers = Quota{35, 4};
  Rules rules;
  rules.server_slots = ServerSlots::enforce;
  EXPECT_EQ(test::agreed_count({row}, test::smallest, rules), Count::of(4));
}

}  // namespace
}  // namespace vfstock::capacity
