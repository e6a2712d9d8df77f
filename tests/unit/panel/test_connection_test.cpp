#include "engine/panel/test_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/panel/fake_transport.h"

namespace vfstock::panel {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* groups = "/compute/hypervisors/groups?results=1";

struct ConnectionTest : ::testing::Test {
  FakeClock clock;
  FakeTransport transport{clock};
  std::vector<ConnectionStep> run() {
    return test_connection(transport, {clock.wall()}, Milliseconds{1000});
  }
};

TEST_F(ConnectionTest, IsGoodWhenAllRoutesAnswer) {
  transport.set("/connect", answer_with(200, "{}"));
  transport.set(groups, answer_with(200, R"({"data":[]})"));
  transport.set("/packages", answer_with(200, R"({"data":[{"name":"Error page"}]})"));
  const auto steps = run();
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_TRUE(steps[0].good && steps[1].good && steps[2].good);
}

TEST_F(ConnectionTest, SaysThatTheTokenLacksReadAccessToPackages) {
  transport.set("/connect", answer_with(200, "{}"));
  transport.set(groups, answer_with(200, R"({"data":[]})"));
  transport.set("/packages", answer_with(403, "{}"));
  const auto steps = run();
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_TRUE(steps[1].good);
  EXPECT_FALSE(steps[2].good);
  EXPECT_THAT(steps[2].text, HasSubstr("403 from /packages: the token lacks read access"));
}

TEST_F(ConnectionTest, IsBadWhereAListIsNone) {
  transport.set("/connect", answer_with(200, "{}"));
  transport.set(groups, answer_with(200, R"({"message":"Server Error"})"));
  EXPECT_FALSE(run()[1].good);
}

TEST_F(ConnectionTest, IsBadWhereConnectSpeaksOfMaintenance) {
  transport.set("/connect", answer_with(200, R"({"maintenance":true})"));
  EXPECT_FALSE(run().back().good);
}

TEST_F(ConnectionTest, StopsAtTheFirstThatIsBad) {
  const auto steps = run();
  ASSERT_EQ(steps.size(), 1U);
  EXPECT_THAT(steps[0].text, HasSubstr("usually ends in /api/v1"));
  EXPECT_THAT(transport.batches, ElementsAre(ElementsAre("/connect")));
}

TEST_F(ConnectionTest, SaysThatTheTokenLacksReadAccessToCompute) {
  transport.set("/connect", answer_with(200, "{}"));
  for (const int status : {401, 403}) {
    transport.set(groups, answer_with(status, "{}"));
    const auto steps = run();
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_FALSE(steps[1].good);
    EXPECT_THAT(steps[1].text, HasSubstr("lacks read access to compute"));
  }
}

TEST_F(ConnectionTest, NamesAnyOtherStatus) {
  transport.set("/connect", answer_with(200, "{}"));
  transport.set(groups, answer_with(502, "{}"));
  EXPECT_THAT(run().at(1).text, HasSubstr("502"));
}

TEST_F(ConnectionTest, SaysWhatToDoAboutEachWayOfFailing) {
  const auto advice = [&](Answer answer) {
    transport.set("/connect", std::move(answer));
    const auto steps = run();
    EXPECT_FALSE(steps.back().good);
    return steps.back().text;
  };
  EXPECT_THAT(advice(answer_with(401, "{}")), HasSubstr("does not know this token"));
  EXPECT_THAT(advice(answer_with(302, "{}")), HasSubstr("use the final address"));
  EXPECT_THAT(advice(answer_with(200, "<html>", "text/html")), HasSubstr("/connect"));
  EXPECT_THAT(advice(answer_with(200, "{")), HasSubstr("not as a panel does"));
  EXPECT_THAT(advice(answer_ending(Ending::name_unresolved)), HasSubstr("DNS"));
  EXPECT_THAT(advice(answer_ending(Ending::refused)), HasSubstr("address and port"));
  EXPECT_THAT(advice(answer_ending(Ending::tls_failed)), HasSubstr("certificate"));
}

}  // namespace
}  // namespace vfstock::panel
