// The real hook file under PHP, on a stage that plays WHMCS, against the real daemon.
#include <csignal>
#include <cstdio>

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "engine/sqlite/journal_file.h"
#include "tests/integration/serve/served_shop.h"

namespace vfstock::serve {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

struct Hook : ServedShop {
  std::string whmcs = folder.path() + "/whmcs";

  void SetUp() override {
    ServedShop::SetUp();
    std::filesystem::create_directories(whmcs + "/includes/hooks");
  }
  sim::cli::Said hook(std::vector<std::string> words) const {
    words.insert(words.begin(), "hook");
    words.insert(words.end(), {"--whmcs", whmcs});
    return sim::cli::command(std::move(words));
  }
  void install(const std::string& url) const {
    const auto said =
        hook({"install", "--url", url, "--hook-secret-file", folder.path() + "/hook"});
    ASSERT_EQ(said.status, 0) << said.err;
  }
  /// Calls a hook as WHMCS does; what it returned and how long it took.
  json call(const std::string& name, const json& vars, const json& session = json::object(),
            const std::string& variables_before = "") const {
    const std::string command = variables_before + " php -d display_errors=stderr " +
                                VFSTOCK_HOOK_STAGE + " " + whmcs + "/includes/hooks/vfstock.php " +
                                name + " '" + vars.dump() + "' '" + session.dump() + "' 2>&1";
    FILE* const pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return {};
    std::string output;
    for (int c = 0; (c = std::fgetc(pipe)) != EOF;) output += static_cast<char>(c);
    const int status = pclose(pipe);
    EXPECT_EQ(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0) << output;
    return json::parse(output, nullptr, false);
  }
  std::int64_t events(const std::string& where) const {
    return sqlite::open_journal(journal, sqlite::SqliteDatabase::Open::read_only)
        ->query("SELECT count(*) AS found FROM event WHERE " + where, {})
        .at(0)
        .integer("found");
  }
  static json module_vars(const std::string& type) {
    return {{"params", {{"moduletype", type}, {"serviceid", 12}, {"pid", 1}, {"password", "x"}}}};
  }
  /// A cart with so many of product 1 in London.
  static json cart_of(int qty) {
    return {{"cart",
             {{"products", json::array({{{"pid", 1},
                                         {"qty", qty},
                                         {"configoptions", {{"77", 102}, {"78", "yes"}}}}})}}}};
  }
};

TEST_F(Hook, IsInstalledAndLeavesNothingBehind) {
  install("http://127.0.0.1:8893");
  const std::string file = whmcs + "/includes/hooks/vfstock.php",
                    settings = whmcs + "/includes/vfstock-hook.php";
  ASSERT_TRUE(std::filesystem::exists(file));
  struct stat found {};
  ASSERT_EQ(::stat(settings.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0640U);
  EXPECT_EQ(hook({"uninstall"}).status, 0);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_FALSE(std::filesystem::exists(settings));
  EXPECT_THAT(hook({"uninstall"}).err, HasSubstr("0 files"));
}

TEST_F(Hook, MakesASecretWhereThereIsNone) {
  const std::string fresh = folder.path() + "/fresh";
  ASSERT_EQ(hook({"install", "--hook-secret-file", fresh}).status, 0);
  std::string secret = folder.read("fresh");
  ASSERT_FALSE(secret.empty());
  secret.pop_back();
  EXPECT_EQ(key_of(secret).size(), 32U);
  EXPECT_THAT(folder.read("whmcs/includes/vfstock-hook.php"), HasSubstr(secret));
}

TEST_F(Hook, IsNotInstalledWhereThereIsNoWhmcs) {
  whmcs = folder.path() + "/elsewhere";
  const auto said = hook({"install", "--hook-secret-file", folder.path() + "/hook"});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("includes/hooks"));
}

TEST_F(Hook, ForwardsWhatHappens) {
  const auto daemon = start({"--event-window", "0s"});
  install(daemon->url());
  take_london(16);
  const json told = call("AfterModuleTerminate", module_vars("VirtFusionDirect"));
  EXPECT_THAT(
      told["hooks"].get<std::vector<std::string>>(),
      UnorderedElementsAre("AfterModuleCreate", "AfterModuleTerminate", "AfterModuleChangePackage",
                           "AfterCronJob", "ClientAreaPageCart", "ShoppingCartValidateCheckout"));
  wait_until([&] { return qty(1) == 24; }, "what the hook led to");
  call("AfterModuleCreate", module_vars("cpanel"));
  call("AfterCronJob", json::object());
  call("ClientAreaPageCart", {{"productinfo", {{"pid", 2}}}});
  wait_until([&] { return events("kind = 'ClientAreaPageCart' AND product = 2") == 1; }, "a view");
  wait_until([&] { return events("kind = 'AfterCronJob'") == 1; }, "the cron");
  EXPECT_EQ(events("source = 'whmcs'"), 3) << "another module's services are none of our business";
}

TEST_F(Hook, GuardsTheCheckout) {
  const auto daemon = start();
  install(daemon->url());
  EXPECT_TRUE(call("ShoppingCartValidateCheckout", json::object(), cart_of(7))["returned"].empty());
  const json refused = call("ShoppingCartValidateCheckout", json::object(), cart_of(8));
  ASSERT_EQ(refused["returned"].size(), 1U);
  EXPECT_THAT(refused["returned"][0].get<std::string>(), HasSubstr("sold out"));
  EXPECT_TRUE(call("ShoppingCartValidateCheckout", json::object())["returned"].empty());
}

TEST_F(Hook, FailsOpenWhateverIsWrong) {
  auto daemon = start();
  install(daemon->url());
  // The shop's own database.
  EXPECT_TRUE(call("ShoppingCartValidateCheckout", json::object(), cart_of(8),
                   "STAGE_DATABASE_FAILS=1")["returned"]
                  .empty());
  // A daemon that takes the connection and says nothing.
  daemon->signal(SIGSTOP);
  const json slow = call("ShoppingCartValidateCheckout", json::object(), cart_of(8));
  EXPECT_TRUE(slow["returned"].empty());
  call("ClientAreaPageCart", {{"pid", 1}});
  daemon->signal(SIGCONT);
  // One that is gone.
  daemon->end(SIGKILL);
  EXPECT_TRUE(call("ShoppingCartValidateCheckout", json::object(), cart_of(8))["returned"].empty());
  call("AfterModuleCreate", module_vars("VirtFusionDirect"));
  // Settings that are gone, or no settings.
  std::filesystem::remove(whmcs + "/includes/vfstock-hook.php");
  EXPECT_TRUE(call("ShoppingCartValidateCheckout", json::object(), cart_of(8))["returned"].empty());
  call("AfterCronJob", json::object());
  folder.write("whmcs/includes/vfstock-hook.php", "<?php return 3;");
  call("AfterCronJob", json::object());
}

TEST_F(Hook, WithAnotherSecretIsNotHeard) {
  const auto daemon = start();
  install(daemon->url());
  folder.write("hook", "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");
  install(daemon->url());
  call("AfterCronJob", json::object());
  wait_until([&] { return daemon->metric("vfstock_events_refused_total{reason=\"forged\"}") == 1; },
             "a refusal");
  EXPECT_EQ(events("1"), 0);
}

}  // namespace
}  // namespace vfstock::serve
