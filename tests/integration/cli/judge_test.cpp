// `vfstock panel --judge`: the demonstration clients against the published scenarios.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vfstock::sim::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string scenarios = VFSTOCK_SCENARIO_FOLDER;
const std::string careful = scenarios + "/clients/careful.py";
const std::string careless = scenarios + "/clients/careless.py";

struct Ran {
  int status = -1;
  std::string out;
};

/// Everything that the program prints, on both streams.
Ran judge(const std::string& scenario, const std::string& client, const std::string& more = "") {
  const std::string command = std::string(VFSTOCK_PROGRAM) + " panel --scenario '" + scenario +
                              "' --judge \"" + client + "\" " + more + " 2>&1";
  Ran ran;
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  std::array<char, 4096> room{};
  for (std::size_t got = 0; (got = std::fread(room.data(), 1, room.size(), pipe)) > 0;) {
    ran.out.append(room.data(), got);
  }
  const int status = ::pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

class Judged : public ::testing::TestWithParam<std::string> {};

TEST_P(Judged, TheCarefulClientPasses) {
  const Ran ran = judge(scenarios + GetParam(), careful);
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("1 passed, 0 failed"));
  EXPECT_THAT(ran.out, HasSubstr("product 1: 20 -> 31"));
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Judged,
                         ::testing::Values("/outages/a-server-error-keeps-the-qty.json",
                                           "/outages/a-404-page-in-html-keeps-the-qty.json",
                                           "/outages/json-that-stops-half-way-keeps-the-qty.json",
                                           "/outages/a-reset-connection-keeps-the-qty.json",
                                           "/rules/a-missing-package-empties-the-shelf.json",
                                           "/rules/a-disabled-package-empties-the-shelf.json"),
                         [](const ::testing::TestParamInfo<std::string>& tested) {
                           std::string name = std::filesystem::path(tested.param).stem();
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

TEST(Judge, TheCarelessClientIsCaught) {
  const Ran ran = judge(scenarios + "/outages/a-server-error-keeps-the-qty.json", careless);
  EXPECT_EQ(ran.status, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("keep-on-unavailable violated"));
}

TEST(Judge, AClientThatIgnoresTheEndOfAPackageIsCaught) {
  const Ran ran = judge(scenarios + "/rules/a-missing-package-empties-the-shelf.json",
                        careful + " | sed 's/ 0/ 7/g'");
  EXPECT_EQ(ran.status, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("zero-on-missing violated"));
}

TEST(Judge, AClientThatPromisesTooMuchIsCaught) {
  const Ran ran = judge(scenarios + "/outages/a-server-error-keeps-the-qty.json",
                        careful + " | sed 's/31/3100/'");
  EXPECT_EQ(ran.status, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("provisionable violated"));
}

const std::string outage = scenarios + "/outages/a-server-error-keeps-the-qty.json";

TEST(Judge, AClientThatFailsKeepsEverythingAndIsBlamed) {
  const Ran ran = judge(outage, "exit 3");
  EXPECT_EQ(ran.status, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("the client failed with status 3; every qty stays"));
  EXPECT_THAT(ran.out,
              HasSubstr("answer violated: the client failed with status 3 in 2 moment(s)"));
}

TEST(Judge, AClientThatDoesNothingIsBlamed) {
  for (const char* const client : {"false", "echo {}", "true"}) {
    const Ran ran = judge(outage, client);
    EXPECT_EQ(ran.status, 1) << client << "\n" << ran.out;
    EXPECT_THAT(ran.out, HasSubstr("asked nothing in 2 moment(s)")) << client;
  }
}

TEST(Judge, AWriteThatRestsOnNothingIsUnknown) {
  EXPECT_THAT(judge(outage, "echo '{\\\"1\\\": 0}'").out,
              HasSubstr("never-partial unknown: product 1: qty 20 -> 0 rests on no answer"));
  EXPECT_THAT(judge(outage, "echo '{\\\"1\\\": -5}'").out, HasSubstr("never-negative violated"));
  EXPECT_THAT(judge(outage, "echo '{\\\"1\\\": 2147483648}'").out,
              HasSubstr("never-negative violated"));
}

TEST(Judge, NamesHowAClientEnded) {
  EXPECT_THAT(judge(outage, "kill -9 \\$\\$").out, HasSubstr("was killed by signal 9 (status 137"));
  EXPECT_THAT(
      judge(outage, "test -e \\$VFSTOCK_FOLDER/x && exit 127; touch \\$VFSTOCK_FOLDER/x").out,
      HasSubstr("could not be run (status 127: there is no such command)"));
  const Ran plain = judge(outage, scenarios + "/first-replay.json");
  EXPECT_EQ(plain.status, 2) << plain.out;
  EXPECT_THAT(plain.out, HasSubstr("could not be run (status 126"));
}

TEST(Judge, GivesAClientNothingOfItsOwnEnvironment) {
  ::setenv("VFSTOCK_TOKEN", "of-the-parent", 1);
  ::setenv("VFSTOCK_SHOP_PASSWORD", "of-the-parent", 1);
  const Ran ran = judge(outage, "env >&2; exit 3");
  ::unsetenv("VFSTOCK_TOKEN");
  ::unsetenv("VFSTOCK_SHOP_PASSWORD");
  EXPECT_THAT(ran.out, Not(HasSubstr("of-the-parent")));
  EXPECT_THAT(ran.out, HasSubstr("VFSTOCK_NOW=2026-01-01T03:00:00+00:00"));
  EXPECT_THAT(ran.out, HasSubstr("PATH="));
  EXPECT_THAT(ran.out, HasSubstr("VFSTOCK_TRIGGER=AfterCronJob"));
}

TEST(Judge, WaitsForNobodyThatAClientLeavesBehind) {
  // Each would hold the client's stdout open for longer than this may take.
  for (const char* const behind : {"sleep 3600 &", "setsid sleep 60 2>/dev/null &", "yes &"}) {
    const Ran ran = judge(outage, std::string(behind) + " " + careful);
    EXPECT_THAT(ran.out, HasSubstr("passed")) << behind;
  }
}

TEST(Judge, CountsToTheUnitWhereItIsTold) {
  const std::string fewer = careful + " | sed 's/31/30/'";
  EXPECT_THAT(judge(outage, fewer).out, Not(HasSubstr("truth-on-found")));
  EXPECT_THAT(judge(outage, fewer, "--judge-count").out,
              HasSubstr("truth-on-found violated: product 1: qty 20 -> 30 instead of 31"));
}

TEST(Judge, PlaysServicesFromBefore) {
  const Ran ran = judge(scenarios + "/rules/orders-from-before-hold-their-places.json", "echo {}");
  EXPECT_EQ(ran.status, 1) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("provisioned as server"));
}

TEST(Judge, AClientMustSpeakAsAgreed) {
  const Ran no_json = judge(scenarios + "/outages/a-server-error-keeps-the-qty.json", "echo many");
  EXPECT_EQ(no_json.status, 1);
  EXPECT_THAT(no_json.out, HasSubstr("printed no JSON object"));
  const Ran unknown =
      judge(scenarios + "/outages/a-server-error-keeps-the-qty.json", "echo '{\\\"9\\\": 1}'");
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.out, HasSubstr("which the shop does not have"));
  const Ran none = judge(outage, "no-such-client");
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.out, HasSubstr("status 127: there is no such command"));
}

TEST(Judge, ReportsToCi) {
  const std::string file =
      std::filesystem::temp_directory_path() / ("vfstock-junit-" + std::to_string(::getpid()));
  const Ran ran = judge(scenarios + "/outages/a-server-error-keeps-the-qty.json", careless,
                        "--github --junit " + file);
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("::error file="));
  std::ifstream stream(file);
  const std::string xml{std::istreambuf_iterator<char>(stream), {}};
  EXPECT_THAT(xml, HasSubstr("<testsuite"));
  EXPECT_THAT(xml, HasSubstr("keep-on-unavailable"));
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace vfstock::sim::cli
