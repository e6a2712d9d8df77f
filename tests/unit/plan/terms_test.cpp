#include "engine/plan/terms.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/unit/schedule/stock_world.h"

namespace vfstock::stock {
namespace {

std::int64_t addresses(const char* column, Ipv4Zero zero = Ipv4Zero::one) {
  catalogue::Product row = product(1, 0);
  row.configoption3 = column;
  Policy policy;
  policy.ipv4_zero = zero;
  return terms_of(row, {}, policy).ipv4_addresses;
}

TEST(TermsAddresses, AreReadFromTheColumn) {
  EXPECT_EQ(addresses("2"), 2);
  EXPECT_EQ(addresses(" 3 addresses"), 3);
}

TEST(TermsAddresses, CountBlankAndBelowOneAsOne) {
  for (const char* column : {"", "  ", "0", "-1", "none"})
    EXPECT_EQ(addresses(column), 1) << column;
}

TEST(TermsAddresses, DoNotLimitWhenAZeroMeansNone) {
  EXPECT_EQ(addresses("0", Ipv4Zero::none), 0);
  EXPECT_EQ(addresses("", Ipv4Zero::none), 1);
  EXPECT_EQ(addresses(" ", Ipv4Zero::none), 1);
  EXPECT_EQ(addresses("-1", Ipv4Zero::none), 1);
  EXPECT_EQ(addresses("2", Ipv4Zero::none), 2);
}

std::string refusal(std::vector<std::string> hosts, std::string panel_host) {
  const Terms terms = terms_of(product(1, 0), {{}, std::move(hosts)}, {}, panel_host);
  return terms.refusal ? std::string(name(terms.refusal->cause)) : "none";
}

TEST(TermsServerGroup, MayNameNobodyOrThisPanel) {
  EXPECT_EQ(refusal({}, "cp.example"), "none");
  EXPECT_EQ(refusal({"cp.example"}, "cp.example"), "none");
  EXPECT_EQ(refusal({"CP.Example"}, "cp.example"), "none");
  EXPECT_EQ(refusal({"cp.example", "CP.EXAMPLE"}, "cp.example"), "none");
}

TEST(TermsServerGroup, RulesOutAnotherPanel) {
  EXPECT_EQ(refusal({"other.example"}, "cp.example"), "other panel");
}

TEST(TermsServerGroup, RulesOutAChoiceOfPanels) {
  EXPECT_EQ(refusal({"cp.example", "other.example"}, "cp.example"), "several panels");
  EXPECT_EQ(refusal({"a.example", "b.example"}, ""), "several panels");
}

TEST(TermsServerGroup, ComparesPanelsNotSpellings) {
  for (const char* host : {"cp.example:443", " cp.example ", "CP.example/", "https://cp.example/",
                           "https://user@cp.example:8443/api/v1?x#y", "cp.example."}) {
    EXPECT_EQ(refusal({host}, "cp.example"), "none") << host;
    EXPECT_EQ(refusal({host, "cp.example"}, "cp.example"), "none") << host;
    EXPECT_EQ(refusal({"cp.example"}, host), "none") << host;
  }
  for (const char* host : {"[::1]:8443", "::1", "[::1]"}) {
    EXPECT_EQ(refusal({host}, "::1"), "none") << host;
  }
  EXPECT_EQ(refusal({"::2"}, "::1"), "other panel");
  EXPECT_EQ(refusal({"cp.example.org"}, "cp.example"), "other panel");
  EXPECT_EQ(refusal({""}, "cp.example"), "other panel");
}

TEST(TermsServerGroup, IsNotComparedWhenThePanelsHostIsNotKnown) {
  EXPECT_EQ(refusal({"other.example"}, ""), "none");
}

}  // namespace
}  // namespace vfstock::stock
