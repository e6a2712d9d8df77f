#include "engine/panel/http_panel.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/panel/fake_transport.h"
#include "tests/unit/panel/panel_json.h"

namespace vfstock::panel {
namespace {

constexpr Milliseconds budget{120'000};

std::string group_target(int group, int page = 1) {
  return "/compute/hypervisors/groups/" + std::to_string(group) +
         "/resources?results=200&page=" + std::to_string(page);
}

template <class T>
std::string outcome(const Told<T>& told) {
  return told.lookup.match(
      [](const T&) { return std::string("found"); }, [](Missing) { return std::string("missing"); },
      [](const Unavailable& why) { return std::string(name(why.reason)) + ": " + why.detail; });
}

class HttpPanelTest : public testing::Test {
 protected:
  void answer(const std::string& target, const json& body) {
    transport.set(target, answer_with(200, body.dump()));
  }
  /// A group of three on pages of one.
  void answer_three_pages(int group) {
    for (int page = 1; page <= 3; ++page) {
      answer(group_target(group, page),
             page_json({hypervisor_json(10 * group + page)}, page, 3, 1, 3));
    }
  }
  Told<GroupResources> ask_group(int id) {
    return panel.ask({{}, {GroupId{id}}}, budget).groups.at(GroupId{id});
  }
  GroupResources found_group(int id) {
    const auto told = ask_group(id);
    EXPECT_EQ(outcome(told), "found");
    return told.lookup.if_found() ? *told.lookup.if_found() : GroupResources{};
  }

  FakeClock clock;
  FakeTransport transport{clock};
  HttpPanel panel{transport, clock, {}};
};

TEST_F(HttpPanelTest, AsksFirstPagesThenPackagesInOneBatchEachOnce) {
  answer("/packages/9", package_json(9));
  answer("/packages/2", package_json(2));
  answer(group_target(5), page_json({hypervisor_json(1)}));
  answer(group_target(4), page_json({}));
  const Answers answers = panel.ask(
      {{PackageId{9}, PackageId{2}, PackageId{9}}, {GroupId{5}, GroupId{4}, GroupId{5}}}, budget);
  ASSERT_EQ(transport.batches.size(), 1U);
  EXPECT_EQ(transport.batches[0], (std::vector<std::string>{group_target(5), group_target(4),
                                                            "/packages/9", "/packages/2"}));
  EXPECT_EQ(answers.packages.size(), 2U);
  EXPECT_EQ(answers.groups.size(), 2U);
  EXPECT_EQ(outcome(answers.packages.at(PackageId{9})), "found");
  EXPECT_EQ(outcome(answers.groups.at(GroupId{4})), "found");
}

TEST_F(HttpPanelTest, AsksNothingWhenAskedNothing) {
  EXPECT_TRUE(panel.ask({}, budget).packages.empty());
  EXPECT_TRUE(transport.batches.empty());
}

TEST_F(HttpPanelTest, AsksFurtherPagesOfAllGroupsInOneMoreBatch) {
  answer_three_pages(5);
  answer_three_pages(6);
  const Answers answers = panel.ask({{}, {GroupId{6}, GroupId{5}}}, budget);
  ASSERT_EQ(transport.batches.size(), 2U);
  EXPECT_EQ(transport.batches[1],
            (std::vector<std::string>{group_target(6, 2), group_target(6, 3), group_target(5, 2),
                                      group_target(5, 3)}));
  const auto* group = answers.groups.at(GroupId{6}).lookup.if_found();
  ASSERT_NE(group, nullptr);
  EXPECT_EQ(group->hypervisors->size(), 3U);
  EXPECT_EQ(answers.groups.at(GroupId{6}).evidence.size(), 3U);
  EXPECT_EQ(answers.groups.at(GroupId{6}).evidence[2].target, group_target(6, 3));
}

TEST_F(HttpPanelTest, GivesFurtherPagesTheTimeThatIsLeft) {
  answer_three_pages(5);
  transport.set_duration(Milliseconds{50'000});
  EXPECT_EQ(outcome(ask_group(5)), "found");
  EXPECT_EQ(transport.budgets, (std::vector<Milliseconds>{budget, Milliseconds{70'000}}));
}

TEST_F(HttpPanelTest, AsksNoFurtherPagesWhenTheTimeIsUp) {
  answer_three_pages(5);
  transport.set_duration(budget);
  EXPECT_TRUE(outcome(ask_group(5)).starts_with("deadline: "));
  EXPECT_EQ(transport.batches.size(), 1U);
}

TEST_F(HttpPanelTest, NamesTheRequestAndThePointerOfWhatItCannotRead) {
  json body = package_json(1);
  body["data"]["memory"] = nullptr;
  answer("/packages/1", body);
  const Answers answers = panel.ask({{PackageId{1}}, {}}, budget);
  EXPECT_EQ(
      outcome(answers.packages.at(PackageId{1})),
      "malformed: unreadable answer from /packages/1: at /data/memory: expected a whole number "
      "within 2^53, found null");
}

TEST_F(HttpPanelTest, TellsAMissingRecordFromAMissingPage) {
  EXPECT_EQ(outcome(ask_group(8)), "missing");
  answer(group_target(5), page_json({hypervisor_json(1)}, 1, 2, 1, 2));
  EXPECT_EQ(outcome(ask_group(5)),
            "unexpected status: 404 from " + group_target(5, 2) + ", although page 1 exists");
}

TEST_F(HttpPanelTest, ReadsAPackageAnewWheneverItsBytesChange) {
  const auto cores = [&](std::int64_t id, const json& body) {
    answer("/packages/" + std::to_string(id), body);
    const Answers answers = panel.ask({{PackageId{id}}, {}}, budget);
    const Package* found = answers.packages.at(PackageId{id}).lookup.if_found();
    return found == nullptr ? -1 : found->cores;
  };
  json changed = package_json(1);
  const std::int64_t before = cores(1, package_json(1));
  changed["data"]["cpuCores"] = before + 1;
  EXPECT_EQ(cores(1, package_json(1)), before);
  EXPECT_EQ(cores(1, changed), before + 1);
  EXPECT_EQ(cores(1, package_json(1)), before);
  EXPECT_EQ(cores(2, package_json(1)), -1) << "another package's answer";
}

TEST_F(HttpPanelTest, ReadsAGroupAnewEachTimeAndGivesItARevisionOfItsOwn) {
  answer_three_pages(5);
  const GroupResources first = found_group(5);
  EXPECT_NE(found_group(5).revision, first.revision) << "the same bytes";
  json changed = page_json({hypervisor_json(2)}, 2, 3, 1, 3);
  changed["data"][0]["resources"]["memory"]["free"] = 1;
  answer(group_target(5, 2), changed);
  const GroupResources second = found_group(5);
  EXPECT_NE(second.revision, first.revision);
  EXPECT_EQ(second.hypervisors->rows()[1].memory_mb.free, 1);
  answer_three_pages(5);
  answer_three_pages(6);
  EXPECT_EQ(found_group(5).hypervisors->rows()[1].memory_mb.free, 10240);
  EXPECT_NE(found_group(6).revision, found_group(5).revision);
}

TEST_F(HttpPanelTest, ServesNothingOfBeforeAfterAFailure) {
  answer(group_target(5), page_json({hypervisor_json(1)}));
  (void)found_group(5);
  transport.set(group_target(5), answer_with(500, "{}"));
  EXPECT_EQ(outcome(ask_group(5)), "server error: 500 from " + group_target(5));
}

TEST_F(HttpPanelTest, NeedsTheMemberOfAShrunkGroupToGo) {
  answer_three_pages(5);
  EXPECT_EQ(found_group(5).hypervisors->size(), 3U);
  answer(group_target(5), page_json({hypervisor_json(1)}, 1, 1, 1, 1));
  EXPECT_EQ(found_group(5).hypervisors->size(), 1U);
}

TEST_F(HttpPanelTest, AsksWithoutAQueryWhenOnlyTheFirstPageCounts) {
  HttpPanel classic(transport, clock, {.first_page_only = true});
  answer("/compute/hypervisors/groups/5/resources", page_json({hypervisor_json(1)}, 1, 9, 20, 180));
  const Answers answers = classic.ask({{}, {GroupId{5}}}, budget);
  EXPECT_EQ(outcome(answers.groups.at(GroupId{5})), "found");
  EXPECT_EQ(transport.batches.size(), 1U);
}

TEST_F(HttpPanelTest, IsConnectedOnlyWhen200JsonComesFromConnect) {
  EXPECT_EQ(outcome(panel.connect(budget)), "unexpected status: 404 from /connect");
  transport.set("/connect", answer_with(200, "[]"));
  const Told<Connected> connected = panel.connect(budget);
  EXPECT_EQ(outcome(connected), "found");
  EXPECT_EQ(connected.evidence.at(0).target, "/connect");
  transport.set("/connect", answer_with(200, "<html>"));
  EXPECT_TRUE(outcome(panel.connect(budget)).ends_with("a web page"));
  transport.set("/connect", answer_with(200, "[]", "text/html"));
  EXPECT_TRUE(outcome(panel.connect(budget)).starts_with("not JSON: "));
  transport.set("/connect", answer_with(401, ""));
  EXPECT_TRUE(outcome(panel.connect(budget)).starts_with("unauthorised: "));
}

TEST_F(HttpPanelTest, IsNotConnectedWhereThePanelSpeaksOfTrouble) {
  for (const char* body :
       {R"({"message":"Server Error"})", R"({"error":"x"})", R"({"maintenance":true})",
        R"({"msg":"hello"})", R"({"data":{"errors":[]}})", R"({"status":"in maintenance"})", "\"\"",
        "0", "null", "true", ""}) {
    transport.set("/connect", answer_with(200, body));
    EXPECT_NE(outcome(panel.connect(budget)), "found") << body;
  }
  for (const char* body : {"[]", "{}", R"({"data":[]})", R"({"version":"7.1"})"}) {
    transport.set("/connect", answer_with(200, body));
    EXPECT_EQ(outcome(panel.connect(budget)), "found") << body;
  }
}

TEST_F(HttpPanelTest, AsksForConnectAndWhatIsAskedAfreshOverConnectionsOfTheirOwn) {
  transport.set("/connect", answer_with(200, "[]"));
  (void)panel.connect(budget);
  (void)panel.ask({{PackageId{1}, PackageId{2}, PackageId{3}}, {GroupId{5}}, true}, budget);
  EXPECT_EQ(transport.fresh, (std::vector<std::string>{"/connect", group_target(5), "/packages/1",
                                                       "/packages/2", "/packages/3"}));
}

class PackageListTest : public HttpPanelTest {
 protected:
  Answers ask() {
    return panel.ask({{PackageId{1}, PackageId{2}, PackageId{3}}, {GroupId{5}}}, budget);
  }
  void list(const std::vector<std::int64_t>& ids) {
    json data = json::array();
    for (const std::int64_t id : ids) data.push_back(package_json(id)["data"]);
    answer("/packages", {{"data", data}});
  }
};

TEST_F(PackageListTest, TakesTheirPlaceWhereMoreThanTwoAreNeeded) {
  list({3, 1, 2, 9});
  const Answers answers = ask();
  EXPECT_EQ(transport.batches,
            (std::vector<std::vector<std::string>>{{group_target(5), "/packages"}}));
  EXPECT_EQ(outcome(answers.packages.at(PackageId{3})), "found");
  EXPECT_EQ(answers.packages.at(PackageId{3}).evidence.at(0).target, "/packages");
  EXPECT_EQ(answers.packages.size(), 3U);
}

TEST_F(PackageListTest, SaysNothingOfWhatIsNotInIt) {
  list({1});
  answer("/packages/2", package_json(2));
  const Answers answers = ask();
  EXPECT_EQ(transport.batches.back(), (std::vector<std::string>{"/packages/2", "/packages/3"}));
  EXPECT_EQ(outcome(answers.packages.at(PackageId{2})), "found");
  EXPECT_EQ(outcome(answers.packages.at(PackageId{3})), "missing");
}

TEST_F(PackageListTest, IsNotBelievedWhereItHoldsARecordTwice) {
  list({1, 2, 3, 2});
  (void)ask();
  EXPECT_EQ(transport.batches.back(), std::vector<std::string>{"/packages/2"});
}

TEST_F(PackageListTest, IsNoReasonToGiveUpWhereItCannotBeRead) {
  for (int id = 1; id <= 3; ++id) answer("/packages/" + std::to_string(id), package_json(id));
  for (const Answer& failed : {answer_with(403, "{}"), answer_with(404, "{}"),
                               answer_with(200, "[]"), answer_with(200, "<html>", "text/html")}) {
    transport.set("/packages", failed);
    EXPECT_EQ(outcome(ask().packages.at(PackageId{2})), "found");
  }
}

TEST_F(PackageListTest, AsksForNothingMoreWhereThePanelWantsToBeLeftAlone) {
  transport.set("/packages", answer_with(429, "{}", "application/json", {{"Retry-After", "9"}}));
  EXPECT_TRUE(outcome(ask().packages.at(PackageId{2})).starts_with("throttled: "));
  EXPECT_EQ(transport.batches.size(), 1U);
}

TEST_F(HttpPanelTest, HoldsAGroupsAddressesAgainstTheQuestion) {
  json page = page_json({hypervisor_json(1)});
  page["path"] = "https://panel.example/api/v1/compute/hypervisors/groups/5/resources";
  page["first_page_url"] = "http://[::1]:8/x/compute/hypervisors/groups/5/resources?page=1";
  page["next_page_url"] = nullptr;
  answer(group_target(5), page);
  EXPECT_EQ(outcome(ask_group(5)), "found");
  for (const char* field : {"path", "first_page_url", "next_page_url"}) {
    json other = page;
    other[field] = "https://panel.example/api/v1/compute/hypervisors/groups/15/resources?page=2";
    answer(group_target(5), other);
    EXPECT_TRUE(outcome(ask_group(5)).starts_with("inconsistent: ")) << field;
  }
}

TEST_F(HttpPanelTest, BelievesNeitherOfTwoGroupsThatListTheSameHypervisor) {
  answer(group_target(4), page_json({hypervisor_json(1), hypervisor_json(2)}));
  answer(group_target(5), page_json({hypervisor_json(2), hypervisor_json(3)}));
  answer(group_target(6), page_json({hypervisor_json(4)}));
  const Answers answers = panel.ask({{}, {GroupId{4}, GroupId{5}, GroupId{6}}}, budget);
  const std::string why = "inconsistent: groups 4 and 5 both list hypervisor 2";
  EXPECT_EQ(outcome(answers.groups.at(GroupId{4})), why);
  EXPECT_EQ(outcome(answers.groups.at(GroupId{5})), why);
  EXPECT_EQ(outcome(answers.groups.at(GroupId{6})), "found");
}

class BrokenTransport final : public Transport {
 public:
  std::vector<Answer> fetch(std::span<const Request>, Milliseconds) override {
    if (throws) throw std::runtime_error("Bearer s3cret");
    return {};
  }
  bool throws = true;
};

TEST(HttpPanelWithABrokenTransport, IsUnavailableAndDoesNotPassOnWhatItThrew) {
  FakeClock clock;
  BrokenTransport transport;
  HttpPanel panel(transport, clock, {});
  for (const bool throws : {true, false}) {
    transport.throws = throws;
    const Answers answers = panel.ask({{PackageId{1}}, {GroupId{1}}}, budget);
    EXPECT_TRUE(outcome(answers.packages.at(PackageId{1})).starts_with("no connection: "));
    EXPECT_TRUE(outcome(answers.groups.at(GroupId{1})).starts_with("no connection: "));
    EXPECT_EQ(outcome(answers.groups.at(GroupId{1})).find("s3cret"), std::string::npos);
    EXPECT_TRUE(outcome(panel.connect(budget)).starts_with("no connection: "));
  }
}

}  // namespace
}  // namespace vfstock::panel
