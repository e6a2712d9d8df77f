// Orders are accepted through WHMCS's own API, once, and only when they are due.
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
                   const std::lock_guard lock(mutex_);
                   asked_.push_back(request.params);
                   response.set_content(R"({"result":"success"})", "application/json");
                 });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
  }
  ~WhmcsServer() {
    server_.stop();
    thread_.join();
  }
  WhmcsServer(const WhmcsServer&) = delete;
  WhmcsServer& operator=(const WhmcsServer&) = delete;

  std::string url() const { return fmt::format("http://127.0.0.1:{}/includes", port_); }
  std::vector<httplib::Params> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  std::mutex mutex_;
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

}  // namespace
}  // namespace vfstock::serve
