// What people and programs do wrong with stores, plans, journals and secrets. Each time: a sentence
// that says what, the right exit status, nothing written, nothing left behind.
#include <filesystem>
#include <set>

#include <gmock/gmock.h>

#include "tests/integration/store/sync_fixture.h"

namespace vfstock::store {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Attacks : Sync {
  std::set<std::string> files() {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }
  /// The run ends with `status` and says `what`; the folder holds what it held.
  void expect_refused(const std::vector<std::string>& words, int status, const std::string& what) {
    const std::set<std::string> before = files();
    const Said said = run(words);
    EXPECT_EQ(said.status, status) << said.out << said.err;
    EXPECT_THAT(said.err, HasSubstr(what));
    EXPECT_EQ(files(), before) << what;
  }
  Said with_token_file(const std::string& text) {
    more = {"--token-file", folder.write("token", text)};
    return run({"sync", "--dry-run"});
  }
  std::string plan() {
    const std::string file = folder.path() + "/plan.json";
    EXPECT_EQ(run({"sync", "--dry-run", "--out", file}).status, 0);
    return file;
  }
};

TEST_F(Attacks, AnAddressThatCannotBeMeant) {
  for (const char* wrong :
       {"sqlite:", "shop.db", "mysql://", "mysql://u@h", "mysql://u@h/", "mysql://@h/d",
        "mysql://u@h:0/d", "mysql://u@h:99999/d", "mysql://u@[::1/d", "mysql://u@h/d?ssl=1",
        "mysql://u@h/d?socket=", "mysql://u@h/d?ssl-ca=a&", "postgres://u@h/d"}) {
    shop = wrong;
    expect_refused({"sync"}, 2, "--shop: ");
  }
}

TEST_F(Attacks, AShopThatIsNoShop) {
  const std::string text = folder.write("text.db", "this is no database, whatever it is called\n");
  shop = "sqlite:" + text;
  expect_refused({"sync", "--dry-run"}, 3, "not a database");
  expect_refused({"sync"}, 3, "not a database");
  EXPECT_EQ(folder.read("text.db"), "this is no database, whatever it is called\n");
  shop = "sqlite:" + folder.path();
  expect_refused({"sync", "--dry-run"}, 3, folder.path());
  shop = "sqlite:" + folder.write("empty.db", "");
  expect_refused({"sync", "--dry-run"}, 3, "no such table: tblproducts");
  shop = "sqlite:" + folder.path() + "/none.db";
  expect_refused({"sync"}, 3, "there is no such file");
}

TEST_F(Attacks, AShopWhoseColumnsHoldWhatTheyShouldNot) {
  trial();
  sqlite("UPDATE tblproducts SET qty = 'many', configoption2 = x'00ff' WHERE id = 1");
  const Said said = run({"sync", "--json"});
  EXPECT_EQ(said.status, 0) << said.err << said.out;
  EXPECT_EQ(product(said, 0)["action"], "keep") << "its package is none";
  EXPECT_EQ(qty(1), "many");
}

TEST_F(Attacks, APlanThatIsNone) {
  trial();
  for (const char* text :
       {"", "{}", "[]", "\"x\"", "{\"format\": 1, \"kind\": \"vfstock plan\"}"}) {
    expect_refused({"sync", "--apply", folder.write("plan.json", text)}, 2, "plan.json");
  }
  const std::string file = plan();
  json newer = json::parse(folder.read("plan.json"));
  newer["format"] = 2;
  folder.write("plan.json", newer.dump());
  expect_refused({"sync", "--apply", file}, 2, "newer format");
  expect_refused({"sync", "--apply", folder.path() + "/none.json"}, 2, "none.json");
  EXPECT_EQ(qty(1), "20");
}

TEST_F(Attacks, APlanWhoseEvidenceWasTakenAway) {
  trial();
  const std::string file = plan();
  json edited = json::parse(folder.read("plan.json"));
  edited["answers"].erase("/packages/1");
  folder.write("plan.json", edited.dump());
  EXPECT_EQ(run({"sync", "--apply", file}).status, 1);
  EXPECT_EQ(qty(1), "20");
}

TEST_F(Attacks, APlanOfAnotherShop) {
  trial();
  const std::string file = plan();
  const std::string first = shop;
  shop = "sqlite:" + folder.path() + "/other.db";
  trial();
  expect_refused({"sync", "--apply", file}, 1, "the plan is of the shop sqlite:");
  EXPECT_EQ(SqliteDatabase(folder.path() + "/other.db", SqliteDatabase::Open::read_only)
                .query("SELECT qty FROM tblproducts WHERE id = 1", {})
                .at(0)
                .text("qty"),
            "20");
  shop = "sqlite:" + folder.path() + "/./shop.db";
  EXPECT_EQ(run({"sync", "--apply", file}).status, 0) << "the same file under another name";
}

TEST_F(Attacks, AProductThatIsNotManagedStopsTheOthersToo) {
  trial();
  expect_refused({"sync", "--product", "1", "--product", "77"}, 2, "product 77 is not managed");
  EXPECT_EQ(qty(1), "20");
  EXPECT_FALSE(std::filesystem::exists(journal));
  for (const char* none : {"--product=0", "--product=-1"}) {
    expect_refused({"sync", none}, 2, "is not managed");
  }
  expect_refused({"sync", "--product", "one"}, 2, "product");
}

TEST_F(Attacks, NumbersThatAreNone) {
  trial();
  for (const char* wrong : {"0", "-1", "65", "four"}) {
    expect_refused({"sync", "--concurrency", wrong}, 2, "concurrency");
  }
  expect_refused({"sync", "--journal-days", "0"}, 2, "--journal-days");
}

TEST_F(Attacks, ATokenFileWithLineEndsIsRead) {
  trial();
  for (const char* text :
       {"geheim-und-lang\n", "geheim-und-lang\r\n", "geheim-und-lang  \nmore\n"}) {
    std::string sent;
    panel.answer_with([&](const mockpanel::api::Request& request) {
      sent = mockpanel::api::field(request.headers, "Authorization").value_or("");
      return panel.usual(request);
    });
    with_token_file(text);
    EXPECT_EQ(sent, "Bearer geheim-und-lang");
  }
}

TEST_F(Attacks, ATokenFileThatHoldsNone) {
  trial();
  for (const auto& text :
       {std::string(), std::string("\n"), std::string("\r\nsecond\n"), std::string(5000, 'x'),
        std::string("with\x01"
                    "the-secret\n"),
        std::string("nul\0byte\n", 9)}) {
    const Said said = with_token_file(text);
    EXPECT_EQ(said.status, 2) << said.err;
    EXPECT_THAT(said.err, Not(HasSubstr("the-secret")));
  }
  more = {"--token-file", folder.path() + "/none"};
  expect_refused({"sync"}, 2, "none: cannot be read");
  more = {"--token-file", folder.path()};
  expect_refused({"sync"}, 2, "is a folder");
}

TEST_F(Attacks, ASecretThatEverybodyCanReadIsWarnedOf) {
  trial();
  const std::string file = folder.write("token", "geheim-und-lang\n");
  more = {"--token-file", file};
  using std::filesystem::perms;
  std::filesystem::permissions(file, perms::owner_read | perms::others_read);
  EXPECT_THAT(run({"sync", "--dry-run"}).err, HasSubstr("chmod 600"));
  std::filesystem::permissions(file, perms::owner_read);
  EXPECT_THAT(run({"sync", "--dry-run"}).err, Not(HasSubstr("chmod 600")));
}

TEST_F(Attacks, AJournalThatIsNone) {
  trial();
  const auto refused = [this](const std::string& file, const char* what) {
    journal = file;
    expect_refused({"sync"}, 3, what);
    EXPECT_EQ(qty(1), "20");
    const Said said = sim::cli::command({"journal", "--journal", file});
    EXPECT_EQ(said.status, 2) << said.err;
  };
  refused(folder.path() + "/shop.db", "is another program's database");
  EXPECT_EQ(sqlite("SELECT COUNT(*) AS qty FROM sqlite_master WHERE name = 'decision'"), "0");
  refused(folder.write("text", "this is no database, whatever it is called\n"), "not a database");
  const std::string newer = folder.path() + "/newer.db";
  sqlite::open_journal(newer, SqliteDatabase::Open::create)->run("PRAGMA user_version = 99");
  refused(newer, "was written by a newer vfstock");
  refused(folder.path() + "/none/journal.db", "none/journal.db");
}

TEST_F(Attacks, AStretchOfTimeThatEndsBeforeItBegins) {
  trial();
  ASSERT_EQ(run({"sync"}).status, 0);
  const auto status = [this](std::vector<std::string> words) {
    words.insert(words.begin(), {"journal", "--journal", journal});
    return sim::cli::command(words);
  };
  const Said backwards = status({"--scenario", "2100-01-01..2020-01-01"});
  EXPECT_EQ(backwards.status, 2);
  EXPECT_THAT(backwards.err, HasSubstr("ends before it begins"));
  EXPECT_EQ(status({"--from", "2100-01-01", "--to", "2020-01-01"}).status, 2);
  EXPECT_EQ(status({"--scenario", "2020-01-01"}).status, 2);
  EXPECT_EQ(status({"--scenario", "2020-13-01..2021-01-01"}).status, 2);
  EXPECT_EQ(status({"--scenario", "2020-01-01..2020-01-02"}).status, 2) << "nothing was decided";
}

TEST_F(Attacks, ATrialOfNothingLeavesNoFile) {
  EXPECT_EQ(run({"sync", "--dry-run", "--trial", folder.write("f.json", "{}")}).status, 2);
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/shop.db"));
  shop = "mysql://u@h/d";
  expect_refused({"sync", "--dry-run", "--trial", VFSTOCK_FLEET}, 2, "--trial");
}

TEST_F(Attacks, ADryRunLeavesNothingBehind) {
  trial();
  const std::set<std::string> before = files();
  EXPECT_EQ(run({"sync", "--dry-run"}).status, 0);
  EXPECT_EQ(run({"check"}).status, 0);
  EXPECT_EQ(run({"explain", "--product", "1"}).status, 0);
  EXPECT_EQ(files(), before);
}

TEST_F(Attacks, AMariadbWithoutTheShopsTables) {
  MariadbServer& server = MariadbServer::shared();
  server.reset();
  server.sql("DROP TABLE tblproducts");
  shop = server.address("root");
  password = "";
  expect_refused({"sync", "--dry-run"}, 3, "tblproducts");
  const Said said = run({"check"});
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(said.out, HasSubstr("tblproducts: is not there or may not be read"));
  shop = "mysql://root@localhost/none?socket=" + server.socket();
  expect_refused({"sync", "--dry-run"}, 3, "none");
}

}  // namespace
}  // namespace vfstock::store
