// Plans from a fleet file: what sync says before it writes, and how it refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/live/sync_plan.h"
#include "tests/unit/cli/command.h"

namespace vfstock::sim::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

Said plan(std::vector<std::string> more) {
  more.insert(more.begin(), {"sync", "--dry-run", "--fleet", VFSTOCK_FLEET});
  return command(std::move(more));
}

TEST(SyncPlan, SaysWhatWouldBeWrittenAndWhy) {
  const Said said = plan({"--json"});
  EXPECT_EQ(said.status, 0) << said.err;
  const json whole = json::parse(said.out);
  EXPECT_EQ(whole["format"], 1);
  EXPECT_EQ(whole["written"], false);
  const json& first = whole["products"][0];
  EXPECT_EQ(first["id"], 1);
  EXPECT_EQ(first["now"], 20);
  EXPECT_EQ(first["next"], 31);
  EXPECT_EQ(first["action"], "write");
  EXPECT_EQ(first["binding"], "cores");
  EXPECT_EQ(whole["products"][1]["action"], "unchanged");
  EXPECT_THAT(said.err, HasSubstr("1 to write, 1 unchanged"));
}

TEST(SyncPlan, TakesOneProductAlone) {
  EXPECT_THAT(json::parse(plan({"--json", "--product", "2"}).out)["products"], SizeIs(1));
  const Said said = plan({"--product", "9"});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("product 9 is not managed"));
}

TEST(SyncPlan, ObeysThePolicy) {
  const Said said = plan({"--json", "--qty-ceiling", "6"});
  EXPECT_EQ(json::parse(said.out)["products"][0]["next"], 6);
  EXPECT_EQ(plan({"--brake", "101"}).status, 2);
  EXPECT_THAT(plan({"--reserve-pending", "maybe"}).err, HasSubstr("off, on"));
}

TEST(SyncPlan, OptionsThatContradictEachOtherAreRefused) {
  EXPECT_THAT(command({"sync", "--out", "x"}).err, HasSubstr("--out needs --dry-run"));
  EXPECT_THAT(command({"sync", "--apply", "x", "--force"}).err, HasSubstr("--apply"));
  EXPECT_THAT(command({"sync", "--fleet", "x"}).err, HasSubstr("--fleet needs --dry-run"));
  EXPECT_EQ(command({"sync"}).status, 2);
}

TEST(SyncPlan, SecretsAreNoArguments) {
  const Said token = command({"sync", "--token", "hunter2"});
  EXPECT_EQ(token.status, 2);
  EXPECT_THAT(token.err, Not(HasSubstr("hunter2")));
  const Said password =
      command({"sync", "--panel", "https://p.example", "--shop", "mysql://u:hunter2@h/d"},
              {{"VFSTOCK_TOKEN", "t"}});
  EXPECT_EQ(password.status, 2);
  EXPECT_THAT(password.err, Not(HasSubstr("hunter2")));
}

TEST(SyncPlan, SettingsComeFromTheFileForEveryVerb) {
  const Folder folder;
  const std::string file =
      folder.write("vfstock.ini", "shop = sqlite:" + folder.path() +
                                      "/none.db\n"
                                      "panel = http://127.0.0.1:1/api\n[sync]\nbrake = 7\n");
  const Said said = command({"sync", "--dry-run", "--config", file}, {{"VFSTOCK_TOKEN", "t"}});
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(said.err, HasSubstr("none.db"));
  const std::string typo = folder.write("typo.ini", "shpo = sqlite:x\n");
  EXPECT_THAT(command({"sync", "--config", typo}).err, HasSubstr("shop"));
}

live::SyncLine planned(std::int64_t id, std::int64_t now, std::int64_t next) {
  live::SyncLine product;
  product.seen.row.id = catalogue::ProductId{id};
  product.seen.row.qty = now;
  product.action = "write";
  product.now = now;
  product.next = next;
  return product;
}

TEST(SyncPlan, DiffersWhereARowMovedWentOrCame) {
  live::SyncPlan then, now;
  then.lines = {planned(1, 5, 7), planned(2, 5, 7), planned(3, 5, 7)};
  now.lines = {planned(1, 4, 7), planned(3, 5, 7), planned(4, 1, 2)};
  const auto found = differences(then, now);
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_THAT(found[0], HasSubstr("product 1: qty was '5' and is '4'"));
  EXPECT_THAT(found[1], HasSubstr("product 2: is gone"));
  EXPECT_THAT(found[2], HasSubstr("product 4: is new"));
}

TEST(SyncPlan, DiffersWhereItsEvidenceSaysOtherwise) {
  live::SyncPlan then, now;
  then.lines = {planned(1, 5, 700)};
  now.lines = {planned(1, 5, 7)};
  EXPECT_THAT(differences(then, now), SizeIs(1));
  then.lines = {planned(1, 5, 7)};
  EXPECT_THAT(differences(then, now), SizeIs(0));
}

}  // namespace
}  // namespace vfstock::sim::cli
