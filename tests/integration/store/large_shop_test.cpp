// A large shop's day on a real MariaDB: 300 products, 20 groups, 1,000 hypervisors. The database
// itself notes every change of a qty; the journal explains each of them and claims no other.
#include "tests/unit/sqlite/large_shop.h"

#include <tuple>

#include <gmock/gmock.h>

#include "engine/catalogue/sql_catalogue.h"
#include "engine/schedule/keeper.h"
#include "engine/schedule/state.h"
#include "sim/shop/memory_state.h"
#include "tests/integration/store/sync_fixture.h"
#include "tests/unit/schedule/stock_world.h"

namespace vfstock::store {
namespace {

using Change = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // product, old qty, new qty

struct ALargeMariadbShop : ::testing::Test {
  sim::cli::Folder folder;
  MariadbServer& server = MariadbServer::shared();

  void SetUp() override {
    server.reset();
    for (const std::string& grant : readme_grants()) server.sql(grant);
    server.sql("DELETE FROM tblproducts");
    server.sql("DELETE FROM tblproductconfiglinks");
    server.sql(
        "INSERT INTO tblproducts (id, name, servertype, stockcontrol, qty, configoption1, "
        "configoption2, configoption3, configoption7) SELECT seq, CONCAT('VPS ', seq), "
        "'VirtFusionDirect', 1, 3, 1 + seq % " +
        std::to_string(sqlite::large_shop_groups) + ", '1', '1', '0' FROM seq_1_to_" +
        std::to_string(sqlite::large_shop_products));
    server.sql(
        "CREATE TABLE noted (n INT AUTO_INCREMENT PRIMARY KEY, id INT, was INT, became INT)");
    server.sql(
        "CREATE TRIGGER notes AFTER UPDATE ON tblproducts FOR EACH ROW INSERT INTO noted (id, was, "
        "became) VALUES (NEW.id, OLD.qty, NEW.qty)");
  }
  std::unique_ptr<catalogue::Database> open(const std::string& user) {
    mariadb::MysqlOptions options;
    options.address = catalogue::parse_shop_address(server.address(user));
    options.password = user == "root" ? "" : MariadbServer::password;
    return std::make_unique<mariadb::MysqlDatabase>(options);
  }
  std::vector<Change> noted() {
    std::vector<Change> changes;
    for (const catalogue::Row& row :
         open("root")->query("SELECT id, was, became FROM noted ORDER BY n", {})) {
      changes.emplace_back(row.integer("id"), row.integer("was"), row.integer("became"));
    }
    return changes;
  }
};

TEST_F(ALargeMariadbShop, HasEveryWriteOfADayExplained) {
  const auto database = open("vfstock");
  ASSERT_TRUE(database->lock_writers(std::chrono::seconds{5}));
  catalogue::SqlCatalogue shop(*database, "Location");
  stock::StockWorld world;
  const auto journal_database =
      sqlite::open_journal(folder.path() + "/j.db", SqliteDatabase::Open::create);
  panel::AnswersAgain nothing({});
  panel::AnswerLog answers(nothing, "");
  catalogue::ShopLog seen(shop);
  sqlite::JournalFile journal(*journal_database, world.clock, answers, seen, {});
  sqlite::JournalledShop announced(seen, journal);
  sim::shop::MemoryState state;
  schedule::NoBilling billing;
  schedule::StockKeeper keeper({announced, world.panel, journal, state, billing, world.clock}, {});
  sqlite::play_a_day(world, [&] {
    keeper.cron();
    keeper.run_due();
  });

  std::vector<Change> journalled;
  sqlite::JournalFilter all;
  all.outcome = "wrote";
  all.most = 1'000'000;
  for (const KeptDecision& decision : sqlite::kept_decisions(*journal_database, all)) {
    EXPECT_FALSE(decision.why.empty());
    EXPECT_THAT(*sqlite::kept_breakdown(*journal_database, decision.id),
                ::testing::HasSubstr("capacity"));
    journalled.emplace_back(decision.product.value, decision.old_qty, decision.new_qty);
  }
  EXPECT_GT(journalled.size(), 300U);
  EXPECT_EQ(journalled, noted());
  EXPECT_TRUE(journal.unfinished().empty());
  EXPECT_EQ(journal.failure(), "");
}

}  // namespace
}  // namespace vfstock::store
