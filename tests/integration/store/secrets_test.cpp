// The token and the database's password appear nowhere, whatever a panel throws back.
#include <filesystem>
#include <fstream>
#include <future>

#include <gmock/gmock.h>

#include "tests/integration/store/running_program.h"
#include "tests/integration/store/sync_fixture.h"

namespace vfstock::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Every file of the folder, one after the other.
std::string everything_in(const std::string& folder) {
  std::string bytes;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    std::ifstream stream(entry.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(stream), {});
  }
  return bytes;
}

TEST_F(Sync, SecretsAppearNowhere) {
  MariadbServer& server = MariadbServer::shared();
  server.reset();
  server.sql("GRANT ALL ON whmcs.* TO 'vfstock'@'localhost'");
  shop = server.address("vfstock");
  std::string said;
  const auto listen = [&](const Said& told) { said += told.out + told.err; };
  listen(run({"sync"}));
  panel.answer_with([](const mockpanel::api::Request& request) {
    const std::string sent{mockpanel::api::field(request.headers, "Authorization").value_or("")};
    auto delivery = mockpanel::wire::json_answer(
        json{{"headers", {{"authorization", sent}}}, {"msg", "you sent " + sent}}.dump());
    delivery.response.status = request.path == "/packages/1" ? 200 : 500;
    delivery.response.headers.emplace_back("X-Sent", sent);
    return delivery;
  });
  const std::string plan = folder.path() + "/plan.json";
  listen(run({"sync", "--dry-run", "--out", plan}));
  listen(run({"sync"}));
  listen(run({"check"}));
  listen(run({"explain", "--product", "1", "--json"}));
  listen(run({"snapshot", folder.path() + "/fleet.json"}));
  listen(sim::cli::command({"journal", "--journal", journal}));
  listen(
      sim::cli::command({"journal", "--journal", journal, "--scenario", "2020-01-01..2100-01-01"}));
  const auto refreshes =
      sqlite::kept_refreshes(*sqlite::open_journal(journal, SqliteDatabase::Open::read_only),
                             WallTime::min(), WallTime::max());
  bool struck_out = false;
  for (const sqlite::KeptRefresh& refresh : refreshes) {
    for (const auto& [target, answer] : refresh.answers) {
      said += answer.body + answer.detail;
      struck_out = struck_out || answer.body.find("[token]") != std::string::npos;
    }
  }
  EXPECT_TRUE(struck_out) << "the panel must have echoed it, or this proves nothing";
  for (const std::string& text : {said, everything_in(folder.path())}) {
    EXPECT_EQ(text.find(token), std::string::npos);
    EXPECT_EQ(text.find(MariadbServer::password), std::string::npos);
  }
}

// What only a process of its own shows: its command line, which everybody can read.
TEST_F(Sync, TheProcessListShowsNoSecret) {
  trial();
  const std::string said = folder.path() + "/said.txt";
  std::string shown;
  std::promise<pid_t> started;
  panel.answer_with([&, id = started.get_future().share()](const mockpanel::api::Request& request) {
    if (shown.empty()) shown = RunningProgram::command_line(id.get());
    return panel.usual(request);
  });
  const std::string file = folder.write("token", std::string(token) + "\n");
  RunningProgram program(
      {"sync", "--shop", shop, "--panel", url, "--journal", journal, "--token-file", file}, {},
      said);
  started.set_value(program.id());
  EXPECT_EQ(program.wait(), 0);
  panel.hand_over();
  EXPECT_THAT(shown, HasSubstr("--token-file"));
  EXPECT_THAT(shown, Not(HasSubstr(token)));
  EXPECT_THAT(folder.read("said.txt"), Not(HasSubstr(token)));
}

// A panel may throw the token back where a name or a needed figure is expected.
TEST_F(Sync, ATokenInAFigureOrANameIsNotRepeated) {
  trial();
  bool in_name = false;
  panel.answer_with([&](const mockpanel::api::Request& request) {
    auto delivery = panel.usual(request);
    auto body = json::parse(delivery.response.body);
    if (request.path.starts_with("/packages/")) {
      body["data"][in_name ? "name" : "memory"] = std::string("Bearer ") + token;
    }
    delivery.response.body = body.dump();
    return delivery;
  });
  std::string said;
  const auto listen = [&](const Said& told) { said += told.out + told.err; };
  for (const bool name : {false, true}) {
    in_name = name;
    const std::string plan = folder.path() + "/plan.json";
    listen(run({"sync", "--dry-run", "--json", "--out", plan}));
    listen(run({"sync"}));
    listen(run({"explain", "--product", "1", "--json"}));
    listen(run({"explain", "--product", "1"}));
    listen(run({"snapshot", folder.path() + "/fleet.json"}));
    listen(sim::cli::command({"journal", "--journal", journal}));
    listen(sim::cli::command(
        {"journal", "--journal", journal, "--scenario", "2020-01-01..2100-01-01"}));
  }
  EXPECT_THAT(said, HasSubstr("[token]")) << "the panel must have echoed it";
  EXPECT_EQ((said + everything_in(folder.path())).find(token), std::string::npos);
}

}  // namespace
}  // namespace vfstock::store
