// What `vfstock panel` does as a program.
#include "tests/integration/cli/panel_program.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vfstock::sim::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

const httplib::Headers any_token = {{"Authorization", "Bearer anything"},
                                    {"Accept", "application/json"}};
const char* const package_1 = "/api/v1/packages/1";

TEST(PanelProgram, SaysWhereItListensAndAnswersThere) {
  PanelProgram program;
  EXPECT_EQ(program.where()["format"], 1);
  const auto answer = program.panel().Get(package_1, any_token);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(json::parse(answer->body)["data"]["name"], "VPS S");
}

TEST(PanelProgram, WantsAToken) {
  PanelProgram program;
  const auto answer = program.panel().Get(package_1);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 401);
}

TEST(PanelProgram, BreaksTheNextAnswerWhenToldTo) {
  PanelProgram program;
  const auto added = program.control().Post(
      "/faults", R"({"kind": "status", "status": 503, "path": "/packages/*", "count": 1})",
      "application/json");
  ASSERT_TRUE(added);
  EXPECT_EQ(added->status, 201);
  EXPECT_EQ(program.panel().Get(package_1, any_token)->status, 503);
  EXPECT_EQ(program.panel().Get(package_1, any_token)->status, 200);
}

TEST(PanelProgram, CreatesNothingForARequestThatItBreaksOff) {
  PanelProgram program;
  program.control().Post("/faults", R"({"kind": "status", "status": 500, "path": "/servers"})",
                         "application/json");
  program.panel().Post("/api/v1/servers", any_token,
                       R"({"packageId": 1, "userId": 1, "hypervisorId": 1})", "application/json");
  program.control().Delete("/faults");
  const auto servers = program.panel().Get("/api/v1/servers", any_token);
  ASSERT_TRUE(servers);
  EXPECT_EQ(json::parse(servers->body)["total"], 0);
}

TEST(PanelProgram, KeepsTokensOutOfItsJournal) {
  PanelProgram program;
  program.panel().Get(package_1, any_token);
  const auto journal = program.control().Get("/requests");
  ASSERT_TRUE(journal);
  EXPECT_THAT(journal->body, HasSubstr("/packages/1"));
  EXPECT_THAT(journal->body, Not(HasSubstr("anything")));
}

/// A scenario in a file that goes away with the test: a fault from the beginning, and an hour later
/// a package that is deleted.
class ScenarioFile {
 public:
  ScenarioFile()
      : path_(std::filesystem::temp_directory_path() /
              ("vfstock-panel-" + std::to_string(::getpid()) + ".json")) {
    std::ofstream(path_) << R"({"name": "n", "description": "d", "fleet": ")" VFSTOCK_FLEET
                            R"(", "timeline": [
      {"at": "0s", "fail": {"kind": "status", "status": 503, "path": "/packages/1"}},
      {"at": "1h", "change": {"package": {"id": 2, "deleted": true}}}]})";
  }
  ~ScenarioFile() { std::filesystem::remove(path_); }
  ScenarioFile(const ScenarioFile&) = delete;
  ScenarioFile& operator=(const ScenarioFile&) = delete;
  std::string path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST(PanelProgram, PlaysAScenario) {
  const ScenarioFile scenario;
  PanelProgram program({}, {"--port", "0", "--scenario", scenario.path()});
  EXPECT_EQ(program.panel().Get(package_1, any_token)->status, 503);
  EXPECT_EQ(program.panel().Get("/api/v1/packages/2", any_token)->status, 200);
}

TEST(PanelProgram, PlaysAScenarioAsFastAsItIsTold) {
  const ScenarioFile scenario;
  PanelProgram program({"--speed", "1000000"}, {"--json", "--scenario", scenario.path()});
  // The hour is over after 4 ms; a request to it takes some of them.
  int status = 200;
  for (int tries = 0; tries < 10'000 && status == 200; ++tries) {
    status = program.panel().Get("/api/v1/packages/2", any_token)->status;
  }
  EXPECT_EQ(status, 404);
}

TEST(PanelProgram, SaysWhereTlsFails) {
  PanelProgram program({"--tls-fault", "tls-expired"});
  EXPECT_THAT(program.where()["tls_fault_url"].get<std::string>(),
              ::testing::StartsWith("https://127.0.0.1:"));
  EXPECT_THAT(program.where()["tls_trust"].get<std::string>(), HasSubstr("BEGIN CERTIFICATE"));
}

TEST(PanelProgram, AnswersAsAnOlderRelease) {
  const std::string change = R"({"enabled": false})";
  PanelProgram newer;
  EXPECT_EQ(newer.panel().Put("/api/v1/packages/1", any_token, change, "application/json")->status,
            200);
  PanelProgram older({"--release", "7.0"});
  EXPECT_EQ(older.panel().Put("/api/v1/packages/1", any_token, change, "application/json")->status,
            405);
}

TEST(PanelProgram, TakesDigitsAndASlashAtTheEnd) {
  PanelProgram program;
  const auto made = program.panel().Post("/api/v1/servers/", any_token,
                                         R"({"packageId":"1","userId":1,"hypervisorId":1})",
                                         "application/x-www-form-urlencoded");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->status, 201) << made->body;
  PanelProgram strict({"--strict"});
  EXPECT_EQ(strict.panel()
                .Post("/api/v1/servers", any_token,
                      R"({"packageId":"1","userId":1,"hypervisorId":1})", "application/json")
                ->status,
            422);
}

TEST(PanelProgram, ItsPagesLeadToWhereItListens) {
  PanelProgram program;
  const auto page = program.panel().Get("/api/v1/compute/hypervisors?results=1", any_token);
  ASSERT_TRUE(page);
  const std::string next = json::parse(page->body)["next_page_url"];
  const std::string base = program.where()["base_url"];
  EXPECT_EQ(next, base + "/compute/hypervisors?results=1&page=2");
  const auto second = program.panel().Get(next.substr(next.find("/api")), any_token);
  ASSERT_TRUE(second);
  EXPECT_EQ(json::parse(second->body)["current_page"], 2);
}

/// A file that goes away with the test.
class TokenFile {
 public:
  explicit TokenFile(const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              ("vfstock-panel-tokens-" + std::to_string(::getpid()))) {
    std::ofstream(path_) << text;
  }
  ~TokenFile() { std::filesystem::remove(path_); }
  TokenFile(const TokenFile&) = delete;
  TokenFile& operator=(const TokenFile&) = delete;
  std::string path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST(PanelProgram, ATokenMayDoWhatItsScopesSay) {
  const TokenFile file("reader read-packages\nrest\n");
  PanelProgram program({"--token-file", file.path(), "--scopes", "servers"});
  const auto status = [&](const char* token, const char* path) {
    return program.panel().Get(path, {{"Authorization", std::string("Bearer ") + token}})->status;
  };
  EXPECT_EQ(status("reader", "/api/v1/packages"), 200);
  EXPECT_EQ(status("reader", "/api/v1/servers"), 403);
  EXPECT_EQ(status("rest", "/api/v1/servers"), 200);
  EXPECT_EQ(status("rest", "/api/v1/packages"), 403);
  EXPECT_EQ(status("nobody", "/api/v1/packages"), 401);
}

TEST(PanelProgram, SaysWhenAFaultBeginsAndEnds) {
  PanelProgram program;
  program.control().Post("/faults", R"({"id": "down", "kind": "status", "count": 1})",
                         "application/json");
  EXPECT_EQ(program.next_talk(), "fault \"down\" begins: status");
  EXPECT_EQ(program.panel().Get(package_1, any_token)->status, 500);
  EXPECT_EQ(program.next_talk(), "fault \"down\" ends: fired 1 time");
}

/// Everything that a command prints, until it and all that hold its output have ended.
struct Printed {
  std::string text;
  int status = -1;
};

Printed run_command(const std::string& command) {
  Printed printed;
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return printed;
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) printed.text += static_cast<char>(c);
  const int status = pclose(pipe);
  printed.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return printed;
}

TEST(PanelProgram, DetachedItListensBeforeItsCallerGoesOn) {
  const Printed printed =
      run_command(VFSTOCK_PROGRAM " panel --detach --json " VFSTOCK_FLEET " 2>&1");
  EXPECT_EQ(printed.status, 0);
  const json where = json::parse(printed.text);
  const auto answer =
      httplib::Client("127.0.0.1", where["port"].get<int>()).Get(package_1, any_token);
  const pid_t process = where["process"].get<pid_t>();
  EXPECT_EQ(kill(process, SIGTERM), 0);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

TEST(PanelProgram, DetachedItStillSaysWhyItDoesNotStart) {
  const Printed missing = run_command(VFSTOCK_PROGRAM " panel --detach no-such-fleet.json 2>&1");
  EXPECT_EQ(missing.status, 2);
  EXPECT_THAT(missing.text, HasSubstr("no-such-fleet.json"));
  PanelProgram taken;
  const Printed busy =
      run_command(VFSTOCK_PROGRAM " panel --detach --port " +
                  std::to_string(taken.where()["port"].get<int>()) + " " VFSTOCK_FLEET " 2>&1");
  EXPECT_EQ(busy.status, 3);
  EXPECT_THAT(busy.text, HasSubstr("cannot listen"));
}

TEST(PanelProgram, EndsWithTheSignalsStatus) {
  EXPECT_EQ(PanelProgram().end(SIGINT), 130);
  EXPECT_EQ(PanelProgram().end(SIGTERM), 143);
}

}  // namespace
}  // namespace vfstock::sim::cli
