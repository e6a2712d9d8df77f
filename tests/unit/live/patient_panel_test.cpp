#include "engine/live/patient_panel.h"

#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/panel/fake_clock.h"
#include "tests/unit/panel/fake_panel.h"

namespace vfstock::live {
namespace {

using panel::GroupId;
using panel::Lookup;
using panel::Package;
using panel::PackageId;
using panel::Reason;
using panel::Unavailable;
using std::chrono::seconds;

struct PatientPanelTest : testing::Test {
  static Unavailable later(seconds wait) { return {Reason::throttled, "429", wait}; }
  bool is_found(std::int64_t id, Milliseconds budget = seconds{120}) {
    const auto answers = patient.ask({{PackageId{1}, PackageId{2}}, {}}, budget);
    return answers.packages.at(PackageId{id}).lookup.if_found() != nullptr;
  }

  panel::FakeClock clock;
  panel::FakePanel inner;
  std::vector<Milliseconds> slept;
  PatientPanel patient{inner, clock, [this](Milliseconds time) {
                         slept.push_back(time);
                         clock.advance(time);
                         if (after_sleep) after_sleep();
                       }};
  std::function<void()> after_sleep;
};

TEST_F(PatientPanelTest, WaitsAndGoesOnWhereItStopped) {
  inner.set(PackageId{1}, Lookup<Package>::found({}));
  inner.set(PackageId{2}, later(seconds{12}));
  after_sleep = [&] { inner.set(PackageId{2}, Lookup<Package>::found({})); };
  EXPECT_TRUE(is_found(2));
  EXPECT_EQ(slept, std::vector<Milliseconds>{seconds{13}});
  ASSERT_EQ(inner.asked.size(), 2U);
  EXPECT_EQ(inner.asked[1].packages, std::vector{PackageId{2}});
}

TEST_F(PatientPanelTest, WaitsAgainWhileThereIsTime) {
  inner.set(PackageId{2}, later(seconds{50}));
  EXPECT_FALSE(is_found(2));
  EXPECT_EQ(slept.size(), 2U) << "a third wait would end after the 120 s";
}

TEST_F(PatientPanelTest, DoesNotWaitForWhatDoesNotFitItsTime) {
  inner.set(PackageId{2}, later(seconds{119}));
  EXPECT_FALSE(is_found(2));
  EXPECT_TRUE(slept.empty());
}

TEST_F(PatientPanelTest, DoesNotWaitWhereNobodyAskedItTo) {
  inner.set(PackageId{2}, Unavailable{Reason::server_error, "503"});
  EXPECT_FALSE(is_found(2));
  EXPECT_TRUE(slept.empty());
}

TEST_F(PatientPanelTest, AsksOnceMoreAtOnceWhereNoWaitIsNamed) {
  inner.set(PackageId{2}, later(seconds{0}));
  EXPECT_FALSE(is_found(2));
  EXPECT_EQ(inner.asked.size(), 2U);
}

TEST_F(PatientPanelTest, WaitsForTheProbeToo) {
  inner.set_connected(later(seconds{5}));
  after_sleep = [&] { inner.set_connected(Lookup<panel::Connected>::found({})); };
  EXPECT_NE(patient.connect(seconds{60}).lookup.if_found(), nullptr);
}

}  // namespace
}  // namespace vfstock::live
