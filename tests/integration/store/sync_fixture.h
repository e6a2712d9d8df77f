// Verbs that are pointed at a panel on a socket and at one shop.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/sqlite/journal_file.h"
#include "engine/sqlite/journal_reader.h"
#include "tests/integration/store/live_panel.h"
#include "tests/integration/store/mariadb_server.h"
#include "tests/unit/cli/command.h"

namespace vfstock::store {

using nlohmann::json;
using sim::cli::Said;
using sqlite::KeptDecision;
using sqlite::SqliteDatabase;

inline constexpr const char* token = "geheim/and-long-enough-to-find";

/// A panel on a socket, and verbs that are pointed at it and at one shop.
struct Sync : ::testing::Test {
  sim::cli::Folder folder;
  LivePanelServer panel{VFSTOCK_FLEET};
  std::string shop = "sqlite:" + folder.path() + "/shop.db";
  std::string journal = folder.path() + "/journal.db";
  std::string password = MariadbServer::password;
  std::string url = panel.url();
  std::vector<std::string> more;  // options of every sync, snapshot and explain

  Said run(std::vector<std::string> words) {
    const std::string verb = words.front();
    for (const auto& [option, value] : {std::pair{"--shop", shop}, std::pair{"--panel", url}}) {
      if (std::find(words.begin(), words.end(), option) != words.end()) continue;
      words.insert(words.end(), {option, value});
    }
    if (verb != "check") words.insert(words.end(), more.begin(), more.end());
    const bool names_journal = std::find(words.begin(), words.end(), "--journal") != words.end();
    if ((verb == "sync" || verb == "check") && !names_journal) {
      words.insert(words.end(), {"--journal", journal});
    }
    panel.hand_over();
    Said said = sim::cli::command(std::move(words),
                                  {{"VFSTOCK_TOKEN", token}, {"VFSTOCK_SHOP_PASSWORD", password}});
    panel.hand_over();
    return said;
  }
  /// From now on the shop is WHMCS's tables on MariaDB, with the account that the README describes.
  void move_to(MariadbServer& server) {
    server.reset();
    for (const std::string& grant : readme_grants()) server.sql(grant);
    shop = server.address("vfstock");
  }
  Said trial() { return run({"sync", "--dry-run", "--trial", VFSTOCK_FLEET}); }
  json product(const Said& said, std::size_t index) {
    return json::parse(said.out)["products"][index];
  }
  std::string sqlite(const std::string& sql) {
    SqliteDatabase database(folder.path() + "/shop.db", SqliteDatabase::Open::read_write);
    if (!sql.starts_with("SELECT")) {
      database.run(sql);
      return "";
    }
    return database.query(sql, {}).at(0).text("qty");
  }
  std::string qty(int id) {
    return sqlite("SELECT qty FROM tblproducts WHERE id = " + std::to_string(id));
  }
  std::vector<KeptDecision> decisions() {
    return kept_decisions(*sqlite::open_journal(journal, SqliteDatabase::Open::read_only), {});
  }
};

}  // namespace vfstock::store
