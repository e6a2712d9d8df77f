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

TEST(Judge, AClientThatFailsKeepsEverything) {
  const Ran ran = judge(scenarios + "/outages/a-server-error-keeps-the-qty.json", "exit 3");
  EXPECT_EQ(ran.status, 0) << ran.out;
  EXPECT_THAT(ran.out, HasSubstr("the client fails with status 3"));
}

TEST(Judge, AClientMustSpeakAsAgreed) {
  const Ran no_json = judge(scenarios + "/outages/a-server-error-keeps-the-qty.json", "echo many");
  EXPECT_EQ(no_json.status, 1);
  EXPECT_THAT(no_json.out, HasSubstr("printed no JSON object"));
  const Ran unknown =
      judge(scenarios + "/outages/a-server-error-keeps-the-qty.json", "echo '{\\\"9\\\": 1}'");
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.out, HasSubstr("which the shop does not have"));
  EXPECT_EQ(
      judge(scenarios + "/outages/a-server-error-keeps-the-qty.json", "no-such-client").status, 2);
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
