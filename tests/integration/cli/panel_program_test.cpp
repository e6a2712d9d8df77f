// The program itself as other people's CI runs it: `vfstock panel` in a process of its own.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vfstock::sim::cli {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

/// `vfstock panel --json ...` from its first line of output to its end.
class PanelProgram {
 public:
  explicit PanelProgram(std::vector<std::string> more = {},
                        std::vector<std::string> what = {"--json", VFSTOCK_FLEET}) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    std::vector<std::string> words = {VFSTOCK_PROGRAM, "panel"};
    words.insert(words.end(), what.begin(), what.end());
    words.insert(words.end(), more.begin(), more.end());
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    if (posix_spawn(&process_, VFSTOCK_PROGRAM, &actions, nullptr, arguments.data(), environ) !=
        0) {
      throw std::runtime_error("the program does not start");
    }
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    where_ = json::parse(first_line(ends[0]));
    close(ends[0]);
  }
  ~PanelProgram() {
    if (process_ > 0) end(SIGKILL);
  }
  PanelProgram(const PanelProgram&) = delete;
  PanelProgram& operator=(const PanelProgram&) = delete;

  const json& where() const { return where_; }
  httplib::Client panel() const { return httplib::Client("127.0.0.1", where_["port"].get<int>()); }
  httplib::Client control() const {
    return httplib::Client("127.0.0.1", where_["control_port"].get<int>());
  }

  /// Sends the signal and waits; the exit status, or minus the signal that killed it.
  int end(int signal) {
    kill(process_, signal);
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  static std::string first_line(int descriptor) {
    std::string line;
    for (char c = 0; read(descriptor, &c, 1) == 1 && c != '\n';) line += c;
    return line;
  }

  pid_t process_ = -1;
  json where_;
};

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

TEST(PanelProgram, EndsWithTheSignalsStatus) {
  EXPECT_EQ(PanelProgram().end(SIGINT), 130);
  EXPECT_EQ(PanelProgram().end(SIGTERM), 143);
}

}  // namespace
}  // namespace vfstock::sim::cli
