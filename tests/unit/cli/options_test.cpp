#include <gmock/gmock.h>

#include "tests/unit/cli/command.h"

namespace vfstock::sim::cli {
namespace {

using ::testing::HasSubstr;

TEST(CommandLine, WithoutAVerbShowsHelpAsAnError) {
  const Said said = command({});
  EXPECT_EQ(said.status, 2);
  EXPECT_EQ(said.out, "");
  EXPECT_THAT(said.err, HasSubstr("Usage: vfstock VERB"));
}

TEST(CommandLine, ShowsHelpAndVersionOnStdout) {
  EXPECT_THAT(command({"--help"}).out, HasSubstr("replay"));
  EXPECT_EQ(command({"--help"}).status, 0);
  EXPECT_THAT(command({"--version"}).out, HasSubstr("vfstock "));
}

TEST(CommandLine, SuggestsTheNearestVerb) {
  const Said said = command({"explian"});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("did you mean 'explain'?"));
}

TEST(CommandLine, SuggestsTheNearestOption) {
  const Said said = command({"replay", "--transprot", "direct", "x"});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("did you mean 'transport'?"));
}

TEST(CommandLine, TakesNoAbbreviations) {
  EXPECT_EQ(command({"replay", "--trans", "direct", "x"}).status, 2);
}

TEST(CommandLine, EveryVerbHasHelp) {
  for (const char* verb : {"replay", "explain", "panel"}) {
    const Said said = command({verb, "--help"});
    EXPECT_EQ(said.status, 0) << verb;
    EXPECT_THAT(said.out, HasSubstr("Examples:")) << verb;
  }
}

TEST(Options, AreTakenFromTheEnvironment) {
  const Said said = command({"replay", "x.json"}, {{"VFSTOCK_TRANSPORT", "carrier-pigeon"}});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("'carrier-pigeon' is none of http, direct"));
}

TEST(Options, OfTheCommandLineWinOverTheEnvironment) {
  const Said said = command({"replay", "--transport", "horse", "x.json"},
                            {{"VFSTOCK_TRANSPORT", "carrier-pigeon"}});
  EXPECT_THAT(said.err, HasSubstr("'horse' is none of"));
}

TEST(Options, OfTheEnvironmentWinOverTheFile) {
  const Folder folder;
  const std::string file = folder.write("vfstock.ini", "[replay]\ntransport = ox\n");
  EXPECT_THAT(command({"replay", "--config", file, "x"}, {{"VFSTOCK_TRANSPORT", "mule"}}).err,
              HasSubstr("'mule' is none of"));
  EXPECT_THAT(command({"replay", "--config", file, "x"}).err, HasSubstr("'ox' is none of"));
}

TEST(Options, ThatCountFromZeroTakeNothingBelow) {
  for (const char* const option : {"--seed", "--runs", "--run"}) {
    const Said said = command({"fuzz", option, "-5"});
    EXPECT_EQ(said.status, 2);
    EXPECT_THAT(said.err, HasSubstr(std::string(option) + ": '-5' is below 0"));
  }
  EXPECT_EQ(command({"fuzz"}, {{"VFSTOCK_RUNS", " -1"}}).status, 2);
  const Folder folder;
  EXPECT_EQ(command({"fuzz", "--config", folder.write("v.ini", "[fuzz]\nseed = -1\n")}).status, 2);
}

TEST(Options, OfOtherVerbsInTheFileAreLeftAlone) {
  const Folder folder;
  const std::string file = folder.write("vfstock.ini", "[panel]\nport = 9\n");
  EXPECT_THAT(command({"replay", "--config", file, "/nowhere"}).err, HasSubstr("/nowhere"));
}

TEST(Options, ThatNoVerbKnowsAreRefusedWhereverTheyStand) {
  const Folder folder;
  const auto refusal = [&](const std::string& text) {
    const std::string file = folder.write("vfstock.ini", text);
    const Said said = command({"sync", "--config", file});
    EXPECT_EQ(said.status, 2) << text;
    return said.err;
  };
  EXPECT_THAT(refusal("[snyc]\ndry-run = true\n"),
              HasSubstr("[snyc] is no verb; did you mean 'sync'"));
  EXPECT_THAT(refusal("[Sync]\n"), HasSubstr("[Sync] is no verb; did you mean 'sync'"));
  EXPECT_THAT(refusal("[replay]\ntransprot = direct\n"),
              HasSubstr("[replay] transprot: unknown option; did you mean 'transport'?"));
  EXPECT_THAT(refusal("dryrun = true\n"), HasSubstr("dryrun"));
  EXPECT_EQ(command({"sync", "--config", folder.path()}).status, 2) << "a folder holds no settings";
  EXPECT_EQ(command({"sync", "--config", folder.path() + "/none.ini"}).status, 2);
  EXPECT_EQ(command({"sync", "--config", "/dev/zero"}).status, 2);
}

TEST(Options, OfTheEnvironmentThatNoVerbKnowsAreRefused) {
  const Said said = command({"sync"}, {{"VFSTOCK_DRYRUN", "1"}});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("VFSTOCK_DRYRUN sets nothing; did you mean 'VFSTOCK_DRY_RUN'?"));
  for (const char* known : {"VFSTOCK_JOBS", "VFSTOCK_TOKEN", "VFSTOCK_STORAGE_MATCH"}) {
    EXPECT_THAT(command({"sync"}, {{known, "x"}}).err, ::testing::Not(HasSubstr("sets nothing")))
        << known;
  }
  EXPECT_THAT(command({"sync"}, {{"VFSTOCKER", "x"}}).err,
              ::testing::Not(HasSubstr("sets nothing")));
}

TEST(Options, UnknownInTheFileAreRefusedByName) {
  const Folder folder;
  const std::string file = folder.write("vfstock.ini", "[replay]\ntransprot = direct\n");
  const Said said = command({"replay", "--config", file, "x"});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("[replay] transprot: unknown option; did you mean 'transport'?"));
}

TEST(Panel, RefusesWhatItCannotServe) {
  const Folder folder;
  const std::string fleet =
      folder.write("f.json", R"({"format": 1, "panel": {"packages": [], "groups": []}})");
  EXPECT_EQ(command({"panel"}).status, 2);
  EXPECT_EQ(command({"panel", folder.path() + "/nowhere.json"}).status, 2);
  EXPECT_EQ(command({"panel", fleet, "--port", "70000"}).status, 2);
  EXPECT_EQ(command({"panel", fleet, "--workers", "0"}).status, 2);
  EXPECT_EQ(command({"panel", fleet, "--token-file", folder.write("empty", "")}).status, 2);
}

TEST(Panel, SaysWhenAnAddressCannotBeBound) {
  const Folder folder;
  const std::string fleet =
      folder.write("f.json", R"({"format": 1, "panel": {"packages": [], "groups": []}})");
  const Said said = command({"panel", fleet, "--host", "192.0.2.1"});
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(said.err, HasSubstr("192.0.2.1"));
}

}  // namespace
}  // namespace vfstock::sim::cli
