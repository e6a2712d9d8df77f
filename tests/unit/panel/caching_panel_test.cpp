#include "engine/panel/decorators/caching_panel.h"

#include <memory>
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

TEST_F(CachingPanelTest, GivesANewVersionExactlyToWhatMayDiffer) {
  const StandingGroup& place = panel.group(GroupId{1});
  const auto version_after = [&](Lookup<GroupResources> lookup) {
    inner.set(GroupId{1}, std::move(lookup));
    (void)after(seconds{120}, group);
    return place.version();
  };
  const auto columns = std::make_shared<const capacity::HypervisorColumns>();
  const auto others = std::make_shared<const capacity::HypervisorColumns>();
  const std::uint64_t first = version_after(Lookup<GroupResources>::found({7, columns}));
  EXPECT_EQ(version_after(Lookup<GroupResources>::found({7, columns})), first);
  const std::uint64_t second = version_after(Lookup<GroupResources>::found({8, columns}));
  EXPECT_GT(second, first);
  const std::uint64_t third = version_after(Lookup<GroupResources>::found({8, others}));
  EXPECT_GT(third, second);
  const std::uint64_t gone = version_after(Missing{});
  EXPECT_GT(gone, third);
  EXPECT_EQ(version_after(Missing{}), gone);
  const std::uint64_t silent = version_after(Unavailable{Reason::server_error, "503"});
  EXPECT_GT(silent, gone);
  EXPECT_GT(version_after(Unavailable{Reason::server_error, "503"}), silent);
  EXPECT_EQ(panel.version(), place.version());
}

Digest number(std::uint64_t batch) { return digest_of(std::to_string(batch)); }

/// Every answer's evidence says how many batches were asked before.
class NumberingPanel final : public Panel {
 public:
  explicit NumberingPanel(Panel& inner) : inner_(inner) {}
  Answers ask(const Questions& questions, Milliseconds left) override {
    Answers answers = inner_.ask(questions, left);
    for (auto& [id, told] : answers.packages) told.evidence.front().digest = number(batches_);
    ++batches_;
    return answers;
  }
  Told<Connected> connect(Milliseconds left) override { return inner_.connect(left); }

 private:
  Panel& inner_;
  std::uint64_t batches_ = 0;
};

TEST_F(CachingPanelTest, GivesTheEvidenceOfTheNewestAnswerAlsoWhereItSaysTheSame) {
  NumberingPanel numbering(inner);
  CachingPanel cache(numbering, clock, {});
  StandingPackage& place = cache.package(PackageId{1});
  for (std::uint64_t batch = 0; batch < 3; ++batch) {
    cache.look_up({{&place}, {}}, budget);
    EXPECT_EQ(place.told().evidence.front().digest, number(batch));
    clock.advance(seconds{600});
  }
}

TEST_F(CachingPanelTest, TakesAnswersInAnyOrderOfTheQuestions) {
  for (std::int64_t id = 1; id <= 4; ++id) {
    Package package;
    package.cores = 10 * id;
    inner.set(PackageId{id}, Lookup<Package>::found(package));
  }
  CachingPanel::Batch batch;
  for (const std::int64_t id : {3, 1, 2, 4}) batch.packages.push_back(&panel.package({id}));
  panel.look_up(batch, budget);
  for (const StandingPackage* const place : batch.packages) {
    EXPECT_EQ(place->lookup().if_found()->cores, 10 * place->id().value);
  }
}

TEST_F(CachingPanelTest, CountsAsLookedUpOnlyWhatThePresentBatchAskedFor) {
  const StandingGroup& place = panel.group(GroupId{1});
  EXPECT_FALSE(panel.is_looked_up(place));
  (void)panel.ask(group, budget);
  EXPECT_TRUE(panel.is_looked_up(place));
  (void)panel.ask(package, budget);
  EXPECT_FALSE(panel.is_looked_up(place));
  (void)panel.ask(group, budget);
  EXPECT_TRUE(panel.is_looked_up(place));
  clock.advance(seconds{120});
  inner.on_ask = [] { throw std::runtime_error("out of luck"); };
  EXPECT_THROW((void)panel.ask(group, budget), std::runtime_error);
  EXPECT_FALSE(panel.is_looked_up(place));
}

class KeptBatchTest : public CachingPanelTest {
 protected:
  KeptBatchTest() { inner.set(PackageId{2}, Lookup<Package>::found({})); }
  /// Which packages reach the panel when the batch is looked up after this time.
  std::vector<PackageId> packages_asked(seconds time) {
    clock.advance(time);
    inner.asked.clear();
    panel.look_up(kept, budget);
    std::vector<PackageId> asked;
    for (const Questions& questions : inner.asked) {
      asked.insert(asked.end(), questions.packages.begin(), questions.packages.end());
    }
    return asked;
  }

  CachingPanel::KeptBatch kept = panel.keep(
      {{&panel.package(PackageId{1}), &panel.package(PackageId{2})}, {&panel.group(GroupId{1})}});
  const std::vector<PackageId> none, second{PackageId{2}}, both{PackageId{1}, PackageId{2}};
};

TEST_F(KeptBatchTest, AsksForItsPackagesWhenTheFirstOfThemRunsOut) {
  EXPECT_EQ(packages_asked(seconds{0}), both);
  EXPECT_EQ(packages_asked(seconds{599}), none);
  EXPECT_EQ(packages_asked(seconds{1}), both);
}

TEST_F(KeptBatchTest, AsksForEachPackageInItsOwnTime) {
  (void)asked(package);
  clock.advance(seconds{300});
  EXPECT_EQ(packages_asked(seconds{0}), second);
  EXPECT_EQ(packages_asked(seconds{299}), none);
  EXPECT_EQ(packages_asked(seconds{1}), std::vector<PackageId>{PackageId{1}});
  EXPECT_EQ(packages_asked(seconds{300}), second);
}

TEST_F(KeptBatchTest, AsksForItsPackagesOnceAllIsForgotten) {
  (void)packages_asked(seconds{0});
  panel.forget_everything();
  EXPECT_EQ(packages_asked(seconds{1}), both);
}

TEST_F(KeptBatchTest, AsksAgainForAPackageThatCouldNotBeRead) {
  (void)packages_asked(seconds{0});
  inner.set(PackageId{2}, Unavailable{Reason::server_error, "503"});
  EXPECT_EQ(packages_asked(seconds{600}), both);
  EXPECT_EQ(packages_asked(seconds{1}), second);
  EXPECT_EQ(packages_asked(seconds{1}), second);
}

TEST_F(KeptBatchTest, IsLookedUpUntilTheNextBatch) {
  const StandingGroup& place = panel.group(GroupId{1});
  EXPECT_FALSE(panel.is_looked_up(place));
  (void)packages_asked(seconds{0});
  EXPECT_TRUE(panel.is_looked_up(place));
  EXPECT_FALSE(panel.is_looked_up(panel.group(GroupId{2})));
  (void)panel.ask(package, budget);
  EXPECT_FALSE(panel.is_looked_up(place));
  clock.advance(seconds{120});
  inner.on_ask = [] { throw std::runtime_error("out of luck"); };
  EXPECT_THROW(panel.look_up(kept, budget), std::runtime_error);
  EXPECT_FALSE(panel.is_looked_up(place));
}

TEST_F(KeptBatchTest, IsRefusedWhenAnotherTookItsPlace) {
  const CachingPanel::KeptBatch other = panel.keep({{&panel.package(PackageId{1})}, {}});
  EXPECT_THROW(panel.look_up(kept, budget), std::logic_error);
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
