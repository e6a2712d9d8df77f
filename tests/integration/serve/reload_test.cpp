// SIGHUP: a configuration that is good takes the place of the old one, a bad one does not, and
// neither makes the engine forget its limits.
#include <csignal>

#include <gmock/gmock.h>

#include "tests/integration/serve/served_shop.h"

namespace vfstock::serve {
namespace {

using ::testing::HasSubstr;

struct Reload : ServedShop {
  std::unique_ptr<ServingProgram> start_with(const std::string& config) {
    folder.write("serve.ini", "[serve]\n" + config);
    return start({"--config", folder.path() + "/serve.ini"});
  }
  /// Writes this configuration, has it read, and waits until the daemon has said so.
  void reread(const ServingProgram& daemon, const std::string& config, const std::string& said) {
    folder.write("serve.ini", "[serve]\n" + config);
    daemon.signal(SIGHUP);
    wait_until([&] { return daemon.log().find(said) != std::string::npos; }, said);
  }
  static double sweeps(const ServingProgram& daemon) {
    return daemon.metric(
        "vfstock_sweeps_total{result=\"success\",trigger=\"AfterModuleChangePackage\"}");
  }
  static void send_and_wait(const ServingProgram& daemon, const std::string& id) {
    send_event(daemon, id, module_event_body("AfterModuleChangePackage", 12, 1));
    wait_until([&] { return daemon.json("/v1/status")["queue"] == 0; }, "an empty queue");
  }
};

TEST_F(Reload, TakesAGoodConfiguration) {
  const auto daemon = start_with("qty-ceiling = 100\n");
  wait_until([&] { return daemon->status("/readyz") == 200; }, "ready");
  reread(*daemon, "qty-ceiling = 5\n", "config.reloaded");
  auto client = daemon->client();
  wait_until(
      [&] {
        const auto answer = client.Post(
            "/v1/recalculate", {{"Authorization", std::string("Bearer ") + operator_token}}, "",
            "application/json");
        return answer && answer->status == 200 && qty(1) == 5;
      },
      "the new ceiling");
  EXPECT_EQ(daemon->metric("vfstock_config_last_reload_successful"), 1);
}

TEST_F(Reload, RefusesABadOneAndGoesOnWithTheOld) {
  const auto daemon = start_with("qty-ceiling = 9\n");
  wait_until([&] { return daemon->status("/readyz") == 200; }, "ready");
  reread(*daemon, "qty-cieling = 5\n", "config.refused");
  EXPECT_THAT(daemon->log(), HasSubstr("qty-ceiling"));
  EXPECT_EQ(daemon->metric("vfstock_config_last_reload_successful"), 0);
  EXPECT_EQ(daemon->metric("vfstock_writer"), 1);
}

TEST_F(Reload, ChangesHowMuchIsSaid) {
  folder.write("serve.ini", "[serve]\nlog-level = warning\n");
  std::vector<std::string> words = options({"--config", folder.path() + "/serve.ini"});
  std::erase(words, "--log-level");
  std::erase(words, "debug");
  const ServingProgram daemon(words, variables, folder.path() + "/log");
  daemon.wait_until_it_looked();
  EXPECT_EQ(daemon.log().find("event="), std::string::npos) << daemon.log();
  reread(daemon, "log-level = debug\n", "config.reloaded");
}

TEST_F(Reload, KeepsTheLimits) {
  const auto daemon = start_with("event-window = 1h\n");
  // The look at the start has begun the window.
  wait_until([&] { return sweeps(*daemon) == 1; }, "the look at the start");
  reread(*daemon, "event-window = 1h\nqty-ceiling = 100\n", "config.reloaded");
  wait_until(
      [&] {
        return daemon->log().find("writer.begins", daemon->log().find("config.reloaded")) !=
               std::string::npos;
      },
      "the writer with the new configuration");
  send_and_wait(*daemon, "msg_1");
  EXPECT_EQ(sweeps(*daemon), 1) << "the window of an hour is still running";
}

}  // namespace
}  // namespace vfstock::serve
