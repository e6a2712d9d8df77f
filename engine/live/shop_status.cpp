#include "engine/live/shop_status.h"

#include <algorithm>
#include <filesystem>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "engine/plan/decision.h"
#include "engine/sqlite/journal_file.h"
#include "engine/sqlite/journal_reader.h"
#include "engine/sqlite/state_file.h"

namespace vfstock::live {

namespace {

using catalogue::Row;
using sqlite::SqliteDatabase;

constexpr const char* whole_sweep = "products = '[]' AND ended IS NOT NULL";

WallTime time_of(const Row& row, const char* column) {
  return WallTime(std::chrono::milliseconds(row.integer(column)));
}

/// The causes that pass by themselves, as a list of SQL.
std::string passing_causes() {
  std::string list;
  for (int i = 0; i <= static_cast<int>(plan::Cause::surprise); ++i) {
    const auto cause = static_cast<plan::Cause>(i);
    if (!plan::is_transient(cause)) continue;
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", plan::name(cause));
  }
  return "(" + list + ")";
}

std::string waits() {
  return fmt::format("(outcome = 'held' OR (outcome = 'kept' AND cause IN {}))", passing_causes());
}

void read_sweeps(SqliteDatabase& journal, ShopStatus& status) {
  const auto newest =
      journal.query(fmt::format("SELECT id, ended, total, store_failure FROM refresh WHERE {} "
                                "ORDER BY id DESC LIMIT 1",
                                whole_sweep),
                    {});
  if (newest.empty()) return;
  status.last_sweep = time_of(newest.front(), "ended");
  status.products = newest.front().integer("total");
  status.last_failure = newest.front().text("store_failure");
  const bool counted = sqlite::counts_decisions(journal);
  const auto good = journal.query(
      fmt::format(
          "SELECT ended FROM refresh WHERE {} AND coalesce(store_failure, '') = '' AND NOT EXISTS "
          "(SELECT 1 FROM decision WHERE {} AND outcome = 'kept' AND cause IN {}) ORDER BY id DESC "
          "LIMIT 1",
          whole_sweep,
          counted ? "decision.since_refresh <= refresh.id AND decision.refresh >= refresh.id"
                  : "decision.refresh = refresh.id",
          passing_causes()),
      {});
  if (!good.empty()) status.last_good = time_of(good.front(), "ended");
}

/// Since the decision after the last one that did not wait.
WallTime waiting_since(SqliteDatabase& journal, std::int64_t product) {
  const auto found = journal.query(
      fmt::format("SELECT min({}) AS since FROM decision WHERE product = ? AND id > (SELECT "
                  "coalesce(max(id), 0) FROM decision WHERE product = ? AND NOT {})",
                  sqlite::counts_decisions(journal) ? "since" : "at", waits()),
      {product, product});
  return time_of(found.at(0), "since");
}

// Products that the newest sweep no longer knew of wait for nothing.
void read_waiting(SqliteDatabase& journal, ShopStatus& status) {
  const auto rows =
      journal.query(fmt::format("SELECT product, name, why, outcome FROM decision WHERE id IN "
                                "(SELECT max(id) FROM decision "
                                "GROUP BY product) AND {} AND refresh >= (SELECT coalesce(max(id), "
                                "0) FROM refresh WHERE {} "
                                "AND coalesce(store_failure, '') = '') ORDER BY product",
                                waits(), whole_sweep),
                    {});
  for (const Row& row : rows) {
    const std::int64_t product = row.integer("product");
    status.waiting.push_back({catalogue::ProductId{product}, row.text("name"), row.text("why"),
                              waiting_since(journal, product), row.text("outcome") == "held"});
  }
}

void read_foreign(SqliteDatabase& journal, WallTime since, ShopStatus& status) {
  const auto rows = journal.query(
      "SELECT product, name, at, ours, old_qty FROM (SELECT id, product, name, at, old_qty, "
      "lag(new_qty) OVER (PARTITION BY product ORDER BY id) AS ours FROM decision WHERE at >= ?) "
      "WHERE ours IS NOT NULL AND old_qty > ours ORDER BY id DESC",
      {since.time_since_epoch().count()});
  for (const Row& row : rows) {
    status.foreign.push_back({catalogue::ProductId{row.integer("product")}, row.text("name"),
                              row.integer("ours"), row.integer("old_qty"), time_of(row, "at")});
  }
}

}  // namespace

ShopStatus shop_status(const std::string& journal_file, WallTime foreign_since) {
  if (!std::filesystem::exists(journal_file)) {
    throw catalogue::StoreError(journal_file + ": there is no such journal; has sync ever run?");
  }
  const auto journal = sqlite::open_journal(journal_file, SqliteDatabase::Open::read_only);
  ShopStatus status;
  read_sweeps(*journal, status);
  read_waiting(*journal, status);
  read_foreign(*journal, foreign_since, status);
  return status;
}

std::optional<schedule::Remembered> remembered_in(const std::string& journal_file) {
  if (!std::filesystem::exists(journal_file)) return std::nullopt;
  const auto journal = sqlite::open_journal(journal_file, SqliteDatabase::Open::read_only);
  return sqlite::StateFile(*journal).load();
}

std::optional<std::string> brake_text(const schedule::Remembered& remembered) {
  if (remembered.braked.empty()) return std::nullopt;
  std::string products;
  WallTime since = remembered.braked.begin()->second.since;
  for (const auto& [product, hold] : remembered.braked) {
    products += fmt::format("{}{}", products.empty() ? "" : ", ", product.value);
    since = std::min(since, hold.since);
  }
  return fmt::format("the brake withholds the fall of product{} {} since {:%F %T} UTC",
                     remembered.braked.size() == 1 ? "" : "s", products,
                     std::chrono::floor<std::chrono::seconds>(since));
}

}  // namespace vfstock::live
