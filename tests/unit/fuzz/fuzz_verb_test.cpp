// The fuzz verb as people and scripts call it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/document/document.h"
#include "tests/unit/cli/command.h"

namespace vfstock::sim::cli {
namespace {

using ::testing::HasSubstr;

std::string fingerprint(const std::string& json) {
  return document::parse(json, "said")["fingerprint"].get<std::string>();
}

TEST(FuzzVerb, EndsWithCoverageCountsAndAFingerprint) {
  const Said said = command({"fuzz", "--runs", "30", "--steps", "10"});
  EXPECT_EQ(said.status, Status::good) << said.out;
  EXPECT_THAT(said.out, HasSubstr("Empty cells: "));
  EXPECT_THAT(said.out, HasSubstr("Rare paths never taken: "));
  EXPECT_THAT(said.out, HasSubstr("30 timelines"));
  EXPECT_THAT(said.out, HasSubstr("fingerprint "));
}

TEST(FuzzVerb, RepeatsWithTheSameSeedAlone) {
  const auto run = [](const char* seed, const char* jobs) {
    return fingerprint(
        command({"fuzz", "--runs", "40", "--seed", seed, "--jobs", jobs, "--json"}).out);
  };
  EXPECT_EQ(run("3", "1"), run("3", "2"));
  EXPECT_NE(run("3", "1"), run("4", "1"));
}

TEST(FuzzVerb, FindsTheCanaryAndWritesAWitnessThatReplayFailsOn) {
  const Folder folder;
  const Said said = command({"fuzz", "--canary", "--runs", "50", "--out", folder.path(), "--json"});
  EXPECT_EQ(said.status, Status::bad_answer);
  const auto json = document::parse(said.out, "said");
  EXPECT_EQ(json["hit"]["invariant"], "expect");
  EXPECT_LE(json["hit"]["steps"].get<int>(), 4);
  const Said again =
      command({"replay", "--transport", "direct", json["hit"]["file"].get<std::string>()});
  EXPECT_EQ(again.status, Status::bad_answer);
  EXPECT_THAT(again.out, HasSubstr("expect violated"));
}

TEST(FuzzVerb, PrintsATimelineThatReplayCanRead) {
  const Folder folder;
  const Said printed = command({"fuzz", "--seed", "2", "--run", "7", "--steps", "3", "--print"});
  EXPECT_EQ(printed.status, Status::good);
  EXPECT_EQ(document::parse(printed.out, "printed")["timeline"].size(), 5U);
}

TEST(FuzzVerb, RefusesWhatMakesNoSense) {
  EXPECT_EQ(command({"fuzz", "--print"}).status, Status::usage);
  EXPECT_EQ(command({"fuzz", "--singles", "--pairs"}).status, Status::usage);
  EXPECT_EQ(command({"fuzz", "--for", "soon"}).status, Status::usage);
  EXPECT_EQ(command({"fuzz", "--exhaustive", "--depth", "99"}).status, Status::usage);
  EXPECT_EQ(command({"fuzz", "--steps", "0"}).status, Status::usage);
}

TEST(FuzzVerb, RefusesAPlaceForWitnessesThatIsNotThere) {
  const Folder folder;
  const Said said = command({"fuzz", "--runs", "1", "--out", folder.path() + "/nowhere"});
  EXPECT_EQ(said.status, Status::usage);
  EXPECT_THAT(said.err, HasSubstr("/nowhere is no directory"));
}

}  // namespace
}  // namespace vfstock::sim::cli
