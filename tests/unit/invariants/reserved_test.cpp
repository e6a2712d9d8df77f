// Orders that the panel cannot see yet: what they take off the count, and when they do not.
#include <gtest/gtest.h>

#include "tests/unit/invariants/trace_writer.h"

namespace vfstock::sim::invariants {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Product 4 sells package 8 in group 1: twice the memory of product 3's and three times the cores.
Row large_row() {
  Row row = usual_row();
  row.id = 4;
  row.configoption2 = "8";
  return row;
}

Json large_package() {
  Json package = package_json(8);
  package["data"]["memory"] = 2048;
  package["data"]["cpuCores"] = 3;
  return package;
}

Waiting order_of(std::int64_t product) {
  return {.service = 1, .product = product, .qty = 1, .ordered = minutes{1}, .option = {}};
}

/// Product 3 is refreshed with these orders on their way, where group 1 takes nine of it.
TraceWriter nine_with(std::vector<Waiting> orders, const Row& other = large_row(),
                      bool reserve = true) {
  Expectations expectations;
  expectations.reserve_pending = reserve;
  TraceWriter trace(expectations);
  trace.orders(std::move(orders)).begins({usual_row(), other}, 3).package();
  trace.group(1, page_json({hypervisor_json(1, 9)}));
  return trace;
}

TraceWriter nine_with_known(std::vector<Waiting> orders, const Row& other = large_row(),
                            bool reserve = true) {
  TraceWriter trace = nine_with(std::move(orders), other, reserve);
  trace.answers("/packages/8", 200, large_package().dump());
  return trace;
}

TEST(Reserved, TakesOnePlaceForAnOrderOfTheSameProduct) {
  EXPECT_THAT([] { return nine_with({order_of(3)}); }, AsksFor(8));
  EXPECT_THAT([] { return nine_with({order_of(3), order_of(3)}); }, AsksFor(7));
}

TEST(Reserved, IsNothingUnlessThePolicySaysSo) {
  EXPECT_THAT([] { return nine_with({order_of(3)}, large_row(), false); }, AsksFor(9));
}

TEST(Reserved, TakesWhatTheLargestNeedComesTo) {
  EXPECT_THAT([] { return nine_with_known({order_of(4)}); }, AsksFor(6));
  Row many_addresses = large_row();
  many_addresses.configoption3 = "5";
  EXPECT_THAT([&] { return nine_with_known({order_of(4)}, many_addresses); }, AsksFor(4));
}

TEST(Reserved, TakesThatForEachServerOfAnOrder) {
  Waiting two = order_of(4);
  two.qty = 2;
  EXPECT_THAT([&] { return nine_with_known({two}); }, AsksFor(3));
  two.qty = 4;
  EXPECT_THAT([&] { return nine_with_known({two}); }, AsksFor(0));
}

TEST(Reserved, EndsSevenDaysAfterTheOrder) {
  Waiting old = order_of(3);
  old.ordered = minutes{5} - days{7};
  EXPECT_THAT([&] { return nine_with({old}); }, AsksFor(9));
  old.ordered += milliseconds{100};
  EXPECT_THAT([&] { return nine_with({old}); }, AsksFor(8));
}

TEST(Reserved, ConcernsOnlyTheGroupsThatAnOrderCanGoTo) {
  Row elsewhere = large_row();
  elsewhere.configoption1 = "2";
  EXPECT_THAT([&] { return nine_with_known({order_of(4)}, elsewhere); }, AsksFor(9));
  Waiting chosen = order_of(4);
  chosen.option = "2|Berlin";
  EXPECT_THAT([&] { return nine_with_known({chosen}); }, AsksFor(9));
  chosen.option = "1|London";
  EXPECT_THAT([&] { return nine_with_known({chosen}, elsewhere); }, AsksFor(6));
}

TEST(Reserved, ComesOffEveryGroupThatAnOrderCanGoTo) {
  Expectations reserving;
  reserving.reserve_pending = true;
  Row both = usual_row();
  both.options = {{"Location", "2|Berlin"}};
  const auto trace = [&] {
    TraceWriter writer(reserving);
    writer.orders({order_of(3)}).begins({both}).package();
    writer.group(1, page_json({hypervisor_json(1, 9)}));
    writer.group(2, page_json({hypervisor_json(2, 4)}));
    return writer;
  };
  EXPECT_THAT(trace, AsksFor(8 + 3));
}

TEST(Reserved, KeepsWhatAnOrderOfUnknownNeedsConcerns) {
  const auto trace = [] {
    TraceWriter writer = nine_with({order_of(4)});
    writer.silent("/packages/8");
    return writer;
  };
  EXPECT_THAT(trace().keeps().ends().findings(), IsEmpty());
  EXPECT_THAT(trace().sets(6).ends().findings(), ElementsAre("keep-on-unavailable"));
}

TEST(Reserved, IsNothingForAPackageThatIsGone) {
  const auto trace = [] {
    TraceWriter writer = nine_with({order_of(4)});
    writer.answers("/packages/8", 404, R"({"msg":"package not found"})").connected();
    return writer;
  };
  EXPECT_THAT(trace, AsksFor(9));
}

}  // namespace
}  // namespace vfstock::sim::invariants
