#include "mockpanel/wire/control.h"

#include <mutex>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/integration/mockpanel_wire/raw_client.h"
#include "tests/integration/mockpanel_wire/served.h"

namespace vfstock::mockpanel::wire {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

/// A panel that stands for nothing but its faults, and its control port.
class ControlPort : public testing::Test {
 protected:
  faults::Delivery answer(const api::Request& request) {
    const std::lock_guard lock(mutex);
    const faults::Rule* const rule = injector.judge(request, now);
    const faults::Delivery delivery =
        faults::Injector::apply(rule, json_answer("{\"data\":[]}").response);
    journal.record(journal_entry(request, delivery, rule == nullptr ? "" : rule->id, now));
    return delivery;
  }

  Received ask_with(const std::string& headers, const std::string& method,
                    const std::string& target, const std::string& body = "") {
    RawClient client(control.port());
    return client.ask(method + " " + target + " HTTP/1.1\r\n" + headers +
                      "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }
  std::string own_host() { return "127.0.0.1:" + std::to_string(control.port()); }
  Received ask(const std::string& method, const std::string& target, const std::string& body = "") {
    return ask_with("Host: " + own_host() + "\r\nContent-Type: application/json\r\n", method,
                    target, body);
  }

  Received ask_panel(const std::string& path = "/packages/7") {
    RawClient client(panel.port());
    return client.ask(get_request("/api/v1" + path));
  }

  model::Time now = 90s;
  std::mutex mutex;
  model::World world;
  faults::Injector injector{world};
  RequestJournal journal{100};
  Served panel{[this](const api::Request& request) { return answer(request); }};
  Control control{{}, {injector, mutex, journal, [this] { return now; }}};
};

TEST_F(ControlPort, AFaultMeetsTheNextRequest) {
  EXPECT_EQ(ask_panel().status(), 200);
  const Received added = ask("POST", "/faults", R"({"kind":"status","status":503,"count":1})");
  EXPECT_EQ(added.status(), 201);
  EXPECT_EQ(added.header("Content-Type"), "application/json");
  EXPECT_EQ(json::parse(added.body)["id"], "fault-1");
  EXPECT_EQ(ask_panel().status(), 503);
  EXPECT_EQ(ask_panel().status(), 200);
}

TEST_F(ControlPort, ARuleIsReadAsStrictlyAsInAScenario) {
  const Received typo = ask("POST", "/faults", R"({"kind":"reset","evry":2})");
  EXPECT_EQ(typo.status(), 400);
  EXPECT_TRUE(json::parse(typo.body)["message"].get<std::string>().starts_with("/evry: expected"));
  EXPECT_EQ(ask("POST", "/faults", "{").status(), 400);
  EXPECT_EQ(ask("POST", "/faults", "").status(), 400);
  EXPECT_EQ(ask("POST", "/faults", R"({"kind":"reset","kind":"cut"})").status(), 400);
  EXPECT_EQ(ask("POST", "/faults", std::string(70000, '[')).status(), 400);
  EXPECT_TRUE(injector.rules().empty());
}

TEST_F(ControlPort, WindowsCountFromTheMomentOfAsking) {
  EXPECT_EQ(ask("POST", "/faults", R"({"kind":"reset","from":"10s","for":"1m"})").status(), 201);
  ASSERT_EQ(injector.rules().size(), 1U);
  EXPECT_EQ(injector.rules()[0].rule.from, model::Time(100s));
  EXPECT_EQ(injector.rules()[0].rule.until, model::Time(150s));
}

TEST_F(ControlPort, AnIdIsTakenOnce) {
  EXPECT_EQ(ask("POST", "/faults", R"({"id":"x","kind":"reset"})").status(), 201);
  EXPECT_EQ(ask("POST", "/faults", R"({"id":"x","kind":"cut"})").status(), 409);
}

TEST_F(ControlPort, AnIdGivenHereAvoidsThoseThatAreTaken) {
  ask("POST", "/faults", R"({"id":"fault-1","kind":"reset"})");
  EXPECT_EQ(json::parse(ask("POST", "/faults", R"({"kind":"cut"})").body)["id"], "fault-2");
}

TEST_F(ControlPort, RulesAreListedWithWhatTheyMet) {
  ask("POST", "/faults", R"({"id":"x","kind":"status","every":2,"path":"/packages/*"})");
  ask_panel();
  ask_panel();
  ask_panel("/connect");
  const json listed = json::parse(ask("GET", "/faults").body)["faults"];
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0]["id"], "x");
  EXPECT_EQ(listed[0]["kind"], "status");
  EXPECT_EQ(listed[0]["matched"], 2);
  EXPECT_EQ(listed[0]["fired"], 1);
}

TEST_F(ControlPort, RulesAreRemovedByIdOrAllTogether) {
  ask("POST", "/faults", R"({"id":"a b","kind":"reset"})");
  ask("POST", "/faults", R"({"id":"y","kind":"reset"})");
  ask("POST", "/faults", R"({"id":"z","kind":"reset"})");
  EXPECT_EQ(ask("DELETE", "/faults/a%20b").status(), 200);
  EXPECT_EQ(ask("DELETE", "/faults/a%20b").status(), 404);
  EXPECT_EQ(injector.rules().size(), 2U);
  EXPECT_EQ(json::parse(ask("DELETE", "/faults").body)["removed"], 2);
  EXPECT_TRUE(injector.rules().empty());
}

TEST_F(ControlPort, TheJournalTellsWhatWasAskedAndDelivered) {
  ask_panel("/g?page=2");
  ask("POST", "/faults", R"({"id":"x","kind":"cut"})");
  ask_panel();
  const json told = json::parse(ask("GET", "/requests").body);
  EXPECT_EQ(told["recorded"], 2);
  EXPECT_EQ(told["requests"][0].dump(),
            R"({"bytes":11,"end":"whole","fault":null,"method":"GET","ms":90000,"ordinal":1,)"
            R"("status":200,"target":"/g?page=2"})");
  EXPECT_EQ(told["requests"][1]["fault"], "x");
  EXPECT_EQ(told["requests"][1]["bytes"], 5);
  EXPECT_EQ(told["requests"][1]["end"], "cut");
}

TEST_F(ControlPort, NoTokenIsEverTold) {
  RawClient client(panel.port());
  client.ask(get_request("/api/v1/packages/7?api_token=open-sesame"));
  const std::string told = ask("GET", "/requests").body;
  EXPECT_NE(told.find("/packages/7"), std::string::npos);
  EXPECT_EQ(told.find("open-sesame"), std::string::npos);
  EXPECT_EQ(told.find("Bearer"), std::string::npos);
}

TEST_F(ControlPort, BytesThatAreNoTextDoNotBreakTheJournal) {
  ask_panel("/packages/%ff%00");
  const Received told = ask("GET", "/requests");
  EXPECT_EQ(told.status(), 200);
  EXPECT_TRUE(json::accept(told.body));
}

TEST_F(ControlPort, SaysWhatCanBeAsked) {
  const json help = json::parse(ask("GET", "/").body);
  for (const char* const entry :
       {"GET /faults", "POST /faults", "DELETE /faults", "DELETE /faults/{id}", "GET /requests"}) {
    EXPECT_TRUE(help.contains(entry)) << entry;
  }
}

TEST_F(ControlPort, AnythingElseIsRefusedInJson) {
  EXPECT_EQ(ask("GET", "/nothing").status(), 404);
  EXPECT_EQ(ask("POST", "/requests", "{}").status(), 405);
  EXPECT_EQ(ask("PUT", "/faults", "{}").status(), 405);
  EXPECT_EQ(ask("GET", "/faults/x").header("Allow"), "DELETE");
  EXPECT_TRUE(json::parse(ask("DELETE", "/").body).contains("message"));
}

TEST_F(ControlPort, IsReachedUnderThisMachinesOwnNamesAlone) {
  const std::string port = ":" + std::to_string(control.port());
  for (const std::string& host :
       {"127.0.0.1" + port, "localhost" + port, std::string("LocalHost")}) {
    EXPECT_EQ(ask_with("Host: " + host + "\r\n", "GET", "/faults").status(), 200) << host;
  }
  for (const std::string& host : {std::string("evil.example"), "evil.example" + port,
                                  std::string("127.0.0.1:1"), "127.0.0.1.evil.example" + port}) {
    EXPECT_EQ(ask_with("Host: " + host + "\r\n", "GET", "/requests").status(), 403) << host;
  }
  EXPECT_EQ(ask_with("", "DELETE", "/faults").status(), 403);
}

TEST_F(ControlPort, TakesNothingFromAPageOfAnotherSite) {
  const std::string rule = R"({"kind":"reset"})";
  const std::string host = "Host: " + own_host() + "\r\n";
  const std::string type = "Content-Type: application/json\r\n";
  EXPECT_EQ(
      ask_with(host + type + "Origin: http://evil.example\r\n", "POST", "/faults", rule).status(),
      403);
  EXPECT_EQ(ask_with(host + type + "Origin: null\r\n", "POST", "/faults", rule).status(), 403);
  EXPECT_EQ(
      ask_with(host + type + "Sec-Fetch-Site: cross-site\r\n", "POST", "/faults", rule).status(),
      403);
  EXPECT_EQ(ask_with(host + "Content-Type: text/plain\r\n", "POST", "/faults", rule).status(), 415);
  EXPECT_EQ(ask_with(host, "POST", "/faults", rule).status(), 415);
  EXPECT_TRUE(injector.rules().empty());
  EXPECT_EQ(ask_with(host + "Content-Type: application/json; charset=utf-8\r\nOrigin: http://" +
                         own_host() + "\r\nSec-Fetch-Site: same-origin\r\n",
                     "POST", "/faults", rule)
                .status(),
            201);
}

TEST_F(ControlPort, AFaultThatCouldNeverFireIsRefusedWithTheNearestRoute) {
  const Received refused = ask("POST", "/faults", R"({"kind":"reset","path":"/package/*"})");
  EXPECT_EQ(refused.status(), 400);
  EXPECT_NE(refused.body.find("/packages/{id}"), std::string::npos);
  EXPECT_EQ(ask("POST", "/faults", R"({"id":"::error::x","kind":"reset"})").status(), 400);
  EXPECT_TRUE(injector.rules().empty());
}

TEST_F(ControlPort, AnswersWhileThePanelKeepsSilent) {
  ask("POST", "/faults", R"({"kind":"no-answer"})");
  RawClient silent(panel.port());
  silent.send(get_request("/api/v1/a"));
  EXPECT_TRUE(silent.hears_nothing_for(20ms));
  EXPECT_EQ(ask("DELETE", "/faults").status(), 200);
  EXPECT_EQ(ask_panel().status(), 200);
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
