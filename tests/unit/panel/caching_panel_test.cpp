#include "engine/panel/decorators/caching_panel.h"

#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/panel/fake_clock.h"
#include "tests/unit/panel/fake_panel.h"

namespace vfstock::panel {
namespace {

using std::chrono::seconds;

constexpr Milliseconds budget{120'000};

class CachingPanelTest : public testing::Test {
 protected:
  CachingPanelTest() {
    inner.set(PackageId{1}, Lookup<Package>::found({}));
    inner.set(GroupId{1}, Lookup<GroupResources>::found({}));
  }
  /// How many batches reach the panel for this.
  std::size_t asked(const Questions& questions) {
    const std::size_t before = inner.asked.size();
    (void)panel.ask(questions, budget);
    return inner.asked.size() - before;
  }
  std::size_t after(seconds time, const Questions& questions) {
    clock.advance(time);
    return asked(questions);
  }

  FakeClock clock;
  FakePanel inner;
  CachingPanel panel{inner, clock, {}};
  const Questions package{{PackageId{1}}, {}};
  const Questions group{{}, {GroupId{1}}};
};

TEST_F(CachingPanelTest, RemembersAFoundPackageForTenMinutes) {
  EXPECT_EQ(asked(package), 1U);
  EXPECT_EQ(after(seconds{599}, package), 0U);
  EXPECT_EQ(after(seconds{1}, package), 1U);
}

TEST_F(CachingPanelTest, RemembersAFoundGroupForTwoMinutes) {
  EXPECT_EQ(asked(group), 1U);
  EXPECT_EQ(after(seconds{119}, group), 0U);
  EXPECT_EQ(after(seconds{1}, group), 1U);
}

TEST_F(CachingPanelTest, RemembersMissingForAMinute) {
  const Questions gone{{PackageId{5}}, {GroupId{5}}};
  EXPECT_EQ(asked(gone), 1U);
  EXPECT_EQ(after(seconds{59}, gone), 0U);
  EXPECT_TRUE(panel.ask(gone, budget).packages.at(PackageId{5}).lookup.is_missing());
  EXPECT_EQ(after(seconds{1}, gone), 1U);
}

TEST_F(CachingPanelTest, NeverRemembersUnavailable) {
  inner.set(GroupId{1}, Unavailable{Reason::server_error, "503"});
  EXPECT_EQ(asked(group), 1U);
  EXPECT_EQ(asked(group), 1U);
}

TEST_F(CachingPanelTest, AFailureDoesNotBringAnExpiredAnswerBack) {
  (void)asked(group);
  clock.advance(seconds{120});
  inner.set(GroupId{1}, Unavailable{Reason::server_error, "503"});
  const Answers answers = panel.ask(group, budget);
  EXPECT_NE(answers.groups.at(GroupId{1}).lookup.if_unavailable(), nullptr);
}

TEST_F(CachingPanelTest, UsingAnAnswerDoesNotProlongIt) {
  (void)asked(group);
  EXPECT_EQ(after(seconds{100}, group), 0U);
  EXPECT_EQ(after(seconds{20}, group), 1U);
}

TEST_F(CachingPanelTest, AsksOnlyForWhatItDoesNotKnow) {
  (void)asked(package);
  (void)panel.ask({{PackageId{1}, PackageId{2}}, {GroupId{1}}}, budget);
  EXPECT_EQ(inner.asked.back().packages, std::vector{PackageId{2}});
  EXPECT_EQ(inner.asked.back().groups, std::vector{GroupId{1}});
}

TEST_F(CachingPanelTest, ForgetsGroupsButNotPackages) {
  (void)panel.ask({{PackageId{1}}, {GroupId{1}}}, budget);
  const std::vector<GroupId> forgotten{GroupId{1}};
  panel.forget(forgotten);
  EXPECT_EQ(asked(package), 0U);
  EXPECT_EQ(asked(group), 1U);
}

TEST_F(CachingPanelTest, ForgetsEverythingWhenTold) {
  (void)panel.ask({{PackageId{1}}, {GroupId{1}}}, budget);
  panel.forget_everything();
  EXPECT_EQ(asked(package), 1U);
  EXPECT_EQ(asked(group), 1U);
}

TEST_F(CachingPanelTest, CountsAgeFromTheAskingNotFromTheAnswer) {
  inner.on_ask = [&] { clock.advance(seconds{50}); };
  (void)asked(group);
  inner.on_ask = nullptr;
  EXPECT_EQ(after(seconds{69}, group), 0U);
  EXPECT_EQ(after(seconds{1}, group), 1U);
}

TEST_F(CachingPanelTest, AsksAgainForWhatRunsOutWhileTheRestIsAsked) {
  (void)asked(group);
  clock.advance(seconds{100});
  inner.on_ask = [&] { clock.advance(seconds{30}); };
  (void)panel.ask({{PackageId{1}}, {GroupId{1}}}, budget);
  ASSERT_EQ(inner.asked.size(), 3U);
  EXPECT_EQ(inner.asked.back().groups, std::vector{GroupId{1}});
}

/// Every answer's evidence says how many batches were asked before.
class NumberingPanel final : public Panel {
 public:
  explicit NumberingPanel(Panel& inner) : inner_(inner) {}
  Answers ask(const Questions& questions, Milliseconds left) override {
    Answers answers = inner_.ask(questions, left);
    for (auto& [id, told] : answers.packages) told.evidence.front().status = batches_;
    ++batches_;
    return answers;
  }
  Told<Connected> connect(Milliseconds left) override { return inner_.connect(left); }

 private:
  Panel& inner_;
  int batches_ = 0;
};

TEST_F(CachingPanelTest, GivesTheEvidenceOfTheNewestAnswer) {
  NumberingPanel numbering(inner);
  CachingPanel cache(numbering, clock, {});
  for (int batch = 0; batch < 3; ++batch) {
    EXPECT_EQ(cache.look_up(package, budget).package({1})->evidence.front().status, batch);
    EXPECT_EQ(cache.look_up(package, budget).package({1})->evidence.front().status, batch);
    clock.advance(seconds{600});
  }
}

TEST_F(CachingPanelTest, TakesAnswersInAnyOrderOfTheQuestions) {
  for (std::int64_t id = 1; id <= 4; ++id) {
    Package four;
    four.cores = 10 * id;
    inner.set(PackageId{id}, Lookup<Package>::found(four));
  }
  const LookupResults results = panel.look_up({{{3}, {1}, {2}, {4}}, {}}, budget);
  for (std::int64_t id = 1; id <= 4; ++id) {
    EXPECT_EQ(results.package({id})->lookup.if_found()->cores, 10 * id);
  }
  ASSERT_EQ(results.packages().size(), 4U);
  EXPECT_EQ(results.packages().front().id, PackageId{1}) << "results are by ascending id";
}

TEST_F(CachingPanelTest, GivesEachResponseAVersionOfItsOwn) {
  const auto version = [this] { return panel.look_up(package, budget).packages().front().version; };
  const std::uint64_t first = version();
  EXPECT_NE(first, 0U);
  panel.look_up(group, budget);
  EXPECT_EQ(version(), first) << "the same response";
  clock.advance(seconds{600});
  EXPECT_NE(version(), first) << "another, whatever it says";
}

TEST_F(CachingPanelTest, GivesOnlyWhatThePresentBatchAskedFor) {
  EXPECT_NE(panel.look_up(group, budget).group({1}), nullptr);
  const LookupResults results = panel.look_up(package, budget);
  EXPECT_NE(results.package({1}), nullptr);
  EXPECT_EQ(results.group({1}), nullptr) << "it is known, but nobody asked";
  EXPECT_EQ(results.package({2}), nullptr);
}

TEST_F(CachingPanelTest, TakesAQuestionThatIsAskedTwiceForOne) {
  EXPECT_EQ(panel.ask({{{1}, {1}}, {{1}, {1}}}, budget).packages.size(), 1U);
  EXPECT_EQ(inner.asked.front().packages.size(), 1U);
  EXPECT_EQ(inner.asked.front().groups.size(), 1U);
}

TEST_F(CachingPanelTest, KnowsNothingMoreAfterAPanelThatThrew) {
  inner.on_ask = [] { throw std::runtime_error("out of luck"); };
  EXPECT_THROW((void)panel.ask(group, budget), std::runtime_error);
  inner.on_ask = nullptr;
  EXPECT_EQ(asked(group), 1U);
}

TEST_F(CachingPanelTest, AsksForEachPackageInItsOwnTime) {
  inner.set(PackageId{2}, Lookup<Package>::found({}));
  const Questions both{{PackageId{1}, PackageId{2}}, {}};
  const auto packages_asked = [&](seconds time) {
    clock.advance(time);
    inner.asked.clear();
    (void)panel.ask(both, budget);
    return inner.asked.empty() ? std::vector<PackageId>{} : inner.asked.front().packages;
  };
  const std::vector<PackageId> none, first{PackageId{1}}, second{PackageId{2}};
  (void)asked(package);
  clock.advance(seconds{300});
  EXPECT_EQ(packages_asked(seconds{0}), second);
  EXPECT_EQ(packages_asked(seconds{299}), none);
  EXPECT_EQ(packages_asked(seconds{1}), first);
  EXPECT_EQ(packages_asked(seconds{300}), second);
  panel.forget_everything();
  EXPECT_EQ(packages_asked(seconds{1}), both.packages);
}

TEST_F(CachingPanelTest, RefusesAPanelThatLeavesAQuestionOut) {
  class Mute final : public Panel {
   public:
    Answers ask(const Questions&, Milliseconds) override { return {}; }
    Told<Connected> connect(Milliseconds) override { return {Lookup<Connected>::found({}), {}}; }
  } mute;
  CachingPanel over(mute, clock, {});
  EXPECT_THROW((void)over.ask(package, budget), std::logic_error);
}

TEST_F(CachingPanelTest, NeverRemembersAProbe) {
  (void)panel.connect(budget);
  (void)panel.connect(budget);
  EXPECT_EQ(inner.probes, 2);
}

}  // namespace
}  // namespace vfstock::panel
