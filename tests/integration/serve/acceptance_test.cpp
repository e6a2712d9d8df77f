// Orders are accepted through WHMCS's own API, once, and only when they are due.
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include <gmock/gmock.h>

#include "tests/integration/serve/served_shop.h"

namespace vfstock::serve {
namespace {

using ::testing::HasSubstr;

/// WHMCS's api.php as far as AcceptOrder goes.
class WhmcsServer {
 public:
  WhmcsServer() {
    server_.Post("/includes/api.php",
                 [this](const httplib::Request& request, httplib::Response& response) {
                   std::unique_lock lock(mutex_);
                   asked_.push_back(request.params);
                   lets_go_.wait(lock, [this] { return !holds_; });
                   response.set_content(answer_, "application/json");
                 });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~WhmcsServer() {
    hold(false);
    server_.stop();
    thread_.join();
  }
  WhmcsServer(const WhmcsServer&) = delete;
  WhmcsServer& operator=(const WhmcsServer&) = delete;

  std::string url() const { return fmt::format("http://127.0.0.1:{}/includes", port_); }
  void answer(const std::string& text) {
    const std::lock_guard lock(mutex_);
    answer_ = text;
  }
  /// While it holds, nothing is answered.
  void hold(bool on) {
    {
      const std::lock_guard lock(mutex_);
      holds_ = on;
    }
    lets_go_.notify_all();
  }
  std::vector<httplib::Params> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable lets_go_;
  bool holds_ = false;
  std::string answer_ = R"({"result":"success"})";
  std::vector<httplib::Params> asked_;
  httplib::Server server_;
  std::thread thread_;
  int port_ = 0;
};

struct Acceptance : ServedShop {
  WhmcsServer whmcs;

  void SetUp() override {
    ServedShop::SetUp();
    folder.write("credentials", "ident+ifier\nse&cret\n");
    shop_sql(
        "INSERT INTO tblorders (id, date, status) VALUES (5, '2026-11-30', 'Pending');"
        "INSERT INTO tblhosting (id, orderid, packageid, domainstatus) VALUES (10, 5, 1, 'Active'),"
        "(11, 5, 1, 'Pending');");
  }
  std::unique_ptr<ServingProgram> start_accepting() {
    return start({"--event-window", "0s", "--whmcs-api", whmcs.url(), "--whmcs-credentials-file",
                  folder.path() + "/credentials"});
  }
  static void created(const ServingProgram& daemon, int service) {
    send_event(daemon, fmt::format("msg_{}", service),
               module_event_body("AfterModuleCreate", service, 1));
    wait_until([&] { return daemon.json("/v1/status")["queue"] == 0; }, "an empty queue");
  }
};

TEST_F(Acceptance, ComesWithTheLastServerOfTheOrderAndOnce) {
  const auto daemon = start_accepting();
  created(*daemon, 10);
  EXPECT_TRUE(whmcs.asked().empty()) << "service 11 still waits for its server";
  shop_sql("UPDATE tblhosting SET domainstatus = 'Active' WHERE id = 11");
  created(*daemon, 11);
  const auto asked = whmcs.asked();
  ASSERT_EQ(asked.size(), 1U);
  const std::map<std::string, std::string> told(asked[0].begin(), asked[0].end());
  EXPECT_EQ(told.at("action"), "AcceptOrder");
  EXPECT_EQ(told.at("orderid"), "5");
  EXPECT_EQ(told.at("autosetup"), "false");
  EXPECT_EQ(told.at("identifier"), "ident+ifier");
  EXPECT_EQ(told.at("secret"), "se&cret");
  EXPECT_EQ(daemon->log().find("se&cret"), std::string::npos);
  shop_sql("UPDATE tblorders SET status = 'Active' WHERE id = 5");
  send_event(*daemon, "msg_again", module_event_body("AfterModuleCreate", 11, 1));
  wait_until([&] { return daemon->json("/v1/status")["queue"] == 0; }, "an empty queue");
  EXPECT_EQ(whmcs.asked().size(), 1U);
}

TEST_F(Acceptance, ThatIsRefusedNamesNoSecret) {
  shop_sql("UPDATE tblhosting SET domainstatus = 'Active' WHERE id = 11");
  whmcs.answer(R"({"result":"error","message":"no role of ident+ifier fits se&cret, alas"})");
  const auto daemon = start_accepting();
  created(*daemon, 11);
  const std::string log = daemon->log();
  EXPECT_THAT(log, HasSubstr("alas"));
  EXPECT_EQ(log.find("se&cret"), std::string::npos) << log;
  EXPECT_EQ(log.find("ident+ifier"), std::string::npos) << log;
}

// An order that is being accepted is seen through, unless somebody insists.
TEST_F(Acceptance, IsFinishedBeforeTheDaemonEndsUnlessItIsToldTwice) {
  shop_sql("UPDATE tblhosting SET domainstatus = 'Active' WHERE id = 11");
  for (const bool insists : {false, true}) {
    whmcs.hold(true);
    const auto daemon = start_accepting();
    const std::size_t before = whmcs.asked().size();
    send_event(*daemon, insists ? "msg_b" : "msg_a", module_event_body("AfterModuleCreate", 11, 1));
    wait_until([&] { return whmcs.asked().size() > before; }, "an order that is being accepted");
    daemon->signal(SIGTERM);
    wait_until([&] { return daemon->log().find("daemon.stopping") != std::string::npos; },
               "a daemon that is to end");
    if (insists) {
      EXPECT_EQ(daemon->end(SIGTERM), 128 + SIGTERM) << "while WHMCS still holds its answer back";
      continue;
    }
    whmcs.hold(false);
    EXPECT_EQ(daemon->wait(), 0);
    EXPECT_THAT(daemon->log(), HasSubstr("event=order"));
    std::filesystem::remove(folder.path() + "/log");
  }
}

}  // namespace
}  // namespace vfstock::serve
