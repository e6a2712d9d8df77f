#include "engine/panel/decorators/resuming_panel.h"

#include <gtest/gtest.h>

#include "tests/unit/panel/fake_panel.h"

namespace vfstock::panel {
namespace {

constexpr Milliseconds minute{60'000};

const Questions all{{PackageId{1}, PackageId{2}, PackageId{3}}, {GroupId{1}, GroupId{2}}};

TEST(ResumingPanel, AsksFirstForWhatWasNotAskedBefore) {
  FakePanel inner;
  inner.set(PackageId{1}, Lookup<Package>::found({}));
  inner.set(PackageId{2}, Unavailable{Reason::server_error, "503"});
  inner.set(PackageId{3}, Unavailable{Reason::backing_off, "held back"});
  inner.set(GroupId{2}, Unavailable{Reason::deadline, "out of time"});
  ResumingPanel panel(inner);
  (void)panel.ask(all, minute);
  EXPECT_EQ(inner.asked.back().packages, all.packages) << "in the order of the questions";
  (void)panel.ask(all, minute);
  EXPECT_EQ(inner.asked.back().packages, (std::vector{PackageId{3}, PackageId{1}, PackageId{2}}));
  EXPECT_EQ(inner.asked.back().groups, (std::vector{GroupId{2}, GroupId{1}}));
}

TEST(ResumingPanel, ForgetsWhatWasAnswered) {
  FakePanel inner;
  inner.set(PackageId{3}, Unavailable{Reason::throttled, "429"});
  ResumingPanel panel(inner);
  (void)panel.ask(all, minute);
  EXPECT_EQ(panel.unasked().packages, std::set{PackageId{3}});
  inner.set(PackageId{3}, Lookup<Package>::found({}));
  (void)panel.ask(all, minute);
  EXPECT_TRUE(panel.unasked().packages.empty());
}

TEST(ResumingPanel, GoesOnWhereAProcessBeforeItStopped) {
  FakePanel inner;
  ResumingPanel panel(inner);
  panel.resume({{PackageId{2}}, {GroupId{2}}});
  (void)panel.ask({all.packages, all.groups, true}, minute);
  EXPECT_EQ(inner.asked.back().packages.front(), PackageId{2});
  EXPECT_EQ(inner.asked.back().groups.front(), GroupId{2});
  EXPECT_TRUE(inner.asked.back().afresh);
}

}  // namespace
}  // namespace vfstock::panel
