#include "engine/sqlite/journal_file.h"

#include <algorithm>
#include <exception>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "engine/sqlite/compressed.h"
#include "engine/sqlite/seen_json.h"

namespace vfstock::sqlite {
namespace {

using nlohmann::ordered_json;

constexpr std::int64_t version = 3;

constexpr const char* journal_schema = R"(
CREATE TABLE refresh (
  id INTEGER PRIMARY KEY, began INTEGER NOT NULL, ended INTEGER, cause TEXT NOT NULL,
  products TEXT NOT NULL, terms TEXT NOT NULL, hosts TEXT, total INTEGER,
  updated INTEGER, zeroed INTEGER, unchanged INTEGER, skipped INTEGER, held INTEGER,
  store_failure TEXT, pending TEXT);
CREATE INDEX refresh_began ON refresh (began);
CREATE TABLE decision (
  id INTEGER PRIMARY KEY, refresh INTEGER NOT NULL REFERENCES refresh (id),
  at INTEGER NOT NULL, product INTEGER NOT NULL, name TEXT NOT NULL, decision TEXT NOT NULL,
  wanted INTEGER, cause TEXT NOT NULL, why TEXT NOT NULL, outcome TEXT NOT NULL,
  old_qty INTEGER NOT NULL, new_qty INTEGER NOT NULL, binding TEXT NOT NULL, seen TEXT NOT NULL,
  evidence TEXT NOT NULL, breakdown TEXT NOT NULL, times INTEGER NOT NULL DEFAULT 1,
  since INTEGER NOT NULL DEFAULT 0, since_refresh INTEGER NOT NULL DEFAULT 0);
CREATE INDEX decision_product ON decision (product, at);
CREATE INDEX decision_refresh ON decision (refresh);
CREATE TABLE answer (
  id INTEGER PRIMARY KEY, refresh INTEGER NOT NULL REFERENCES refresh (id), target TEXT NOT NULL,
  ending TEXT NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL, detail TEXT NOT NULL,
  body TEXT NOT NULL);
CREATE INDEX answer_refresh ON answer (refresh);
CREATE TABLE bytes (digest TEXT PRIMARY KEY, kept BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE intent (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, product INTEGER NOT NULL,
  old_qty INTEGER NOT NULL, new_qty INTEGER NOT NULL);
CREATE TABLE acceptance (
  id INTEGER PRIMARY KEY, at INTEGER NOT NULL, service INTEGER NOT NULL,
  order_id INTEGER NOT NULL, outcome TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE trouble (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), remembered TEXT NOT NULL);
PRAGMA user_version = 3;
)";

/// Version 1 did not know of orders on their way.
constexpr const char* from_version_1 =
    "ALTER TABLE refresh ADD COLUMN pending TEXT; PRAGMA user_version = 2;";

/// Version 2 did not count decisions.
constexpr const char* from_version_2 =
    "ALTER TABLE decision ADD COLUMN times INTEGER NOT NULL DEFAULT 1; "
    "ALTER TABLE decision ADD COLUMN since INTEGER NOT NULL DEFAULT 0; "
    "ALTER TABLE decision ADD COLUMN since_refresh INTEGER NOT NULL DEFAULT 0; "
    "UPDATE decision SET since = at, since_refresh = refresh; PRAGMA user_version = 3;";

std::int64_t version_of(SqliteDatabase& database) {
  return database.query("PRAGMA user_version", {}).at(0).integer("user_version");
}

/// While it lives a commit waits for the disk, and for all that was committed before it. Other
/// commits survive the end of the process, and that of the machine once one of these has passed.
class OnDisk {
 public:
  explicit OnDisk(SqliteDatabase& database) : database_(database) { set("FULL"); }
  ~OnDisk() { set("NORMAL"); }
  OnDisk(const OnDisk&) = delete;
  OnDisk& operator=(const OnDisk&) = delete;

 private:
  void set(const char* level) noexcept {
    try {
      database_.run(fmt::format("PRAGMA synchronous = {}", level));
    } catch (const std::exception&) {
      return;  // the default is FULL
    }
  }
  SqliteDatabase& database_;
};

/// A journal holds what the shop sells and what the panel has: nobody else's business. SQLite gives
/// the files beside it the same rights. A file that is there already is not opened: to close it
/// would end the locks that SQLite holds on it for this process, and whoever closes it next
/// elsewhere would take away the log that we go on writing to.
void make_private(const std::filesystem::path& file) {
  const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) close(descriptor);
}

std::string evidence_json(const std::vector<panel::Exchange>& evidence) {
  ordered_json list = ordered_json::array();
  for (const panel::Exchange& exchange : evidence) {
    list.push_back({{"target", exchange.target},
                    {"ending", panel::name(exchange.ending)},
                    {"status", exchange.status},
                    {"bytes", exchange.body_bytes},
                    {"digest", hex(exchange.digest)}});
  }
  return dump(list);
}

std::string headers_json(const panel::Answer& answer) {
  ordered_json list = ordered_json::array();
  for (const panel::Header& header : answer.headers) {
    list.push_back(ordered_json::array({header.name, header.value}));
  }
  return dump(list);
}

DecisionColumns columns_of(const apply::JournalEntry& entry, const catalogue::SeenProduct& product,
                           const std::string& binding, std::string breakdown) {
  const plan::SetQty* const set = entry.decision.if_set();
  const plan::Why& why = entry.decision.why();
  return {{"product", entry.product.value},
          {"name", product.row.name},
          {"decision", std::string(set != nullptr ? "set" : "keep")},
          {"wanted", set != nullptr ? set->set.qty() : -1},
          {"cause", std::string(plan::name(why.cause))},
          {"why", plan::to_text(why)},
          {"outcome", std::string(apply::name(entry.outcome))},
          {"old_qty", entry.old_qty},
          {"new_qty", entry.new_qty},
          {"binding", binding},
          {"seen", dump(seen_json(product))},
          {"evidence", evidence_json(entry.evidence)},
          {"breakdown", std::move(breakdown)}};
}

bool holds(const Row& row, const DecisionColumns& columns) {
  return std::all_of(columns.begin(), columns.end(), [&](const auto& column) {
    const std::string name(column.first);
    const auto* const number = std::get_if<std::int64_t>(&column.second);
    return number != nullptr ? row.integer(name) == *number
                             : row.text(name) == std::get<std::string>(column.second);
  });
}

void insert(SqliteDatabase& database, std::string_view table, const DecisionColumns& columns,
            const DecisionColumns& more) {
  std::string names, places;
  std::vector<Value> values;
  for (const DecisionColumns* part : {&columns, &more}) {
    for (const auto& [name, value] : *part) {
      names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
      places += places.empty() ? "?" : ",?";
      values.push_back(value);
    }
  }
  database.change(fmt::format("INSERT INTO {} ({}) VALUES ({})", table, names, places), values);
}

}  // namespace

std::string binding_of(const capacity::Breakdown& breakdown) {
  std::string bindings;
  std::vector<capacity::Dimension> seen;
  for (const capacity::GroupBreakdown& group : breakdown.groups) {
    if (group.binding == capacity::Dimension::none) continue;
    if (std::find(seen.begin(), seen.end(), group.binding) != seen.end()) continue;
    seen.push_back(group.binding);
    bindings += (bindings.empty() ? "" : "/") + std::string(capacity::name(group.binding));
  }
  return bindings;
}

std::string remedy_of_damage(const std::filesystem::path& file) {
  return fmt::format(
      "the journal is damaged; move it away (mv {0} {0}.damaged), and the next run begins a new "
      "one, which knows nothing of a brake that holds or of what was written before",
      file.string());
}

namespace {

std::unique_ptr<SqliteDatabase> open_tables(const std::filesystem::path& file,
                                            SqliteDatabase::Open how) {
  if (how == SqliteDatabase::Open::create) make_private(file);
  auto database = std::make_unique<SqliteDatabase>(file, how);
  const std::int64_t found = version_of(*database);
  if (found > version) {
    throw StoreError(
        fmt::format("{}: was written by a newer vfstock (journal version {}, this one "
                    "knows {})",
                    file.string(), found, version));
  }
  if (found == version) return database;
  if (how == SqliteDatabase::Open::read_only) {
    if (found >= 1) return database;
    throw StoreError(file.string() + ": is no journal");
  }
  if (found == 0 && !database->query("SELECT name FROM sqlite_master LIMIT 1", {}).empty()) {
    throw StoreError(file.string() + ": is another program's database and no journal");
  }
  database->run("PRAGMA journal_mode = WAL");
  SqliteTransaction all(*database);
  // Another program may have been faster.
  const std::int64_t present = version_of(*database);
  if (present == 0) database->run(journal_schema);
  if (present == 1) database->run(from_version_1);
  if (present == 1 || present == 2) database->run(from_version_2);
  all.commit();
  return database;
}

}  // namespace

std::unique_ptr<SqliteDatabase> open_journal(const std::filesystem::path& file,
                                             SqliteDatabase::Open how) {
  try {
    return open_tables(file, how);
  } catch (const StoreDamaged& error) {
    throw JournalUnusable(fmt::format("{}; {}", error.what(), remedy_of_damage(file)));
  } catch (const StoreError& error) {
    throw JournalUnusable(error.what());
  }
}

JournalFile::JournalFile(SqliteDatabase& database, const Clock& clock, panel::AnswerLog& answers,
                         catalogue::ShopLog& shop, Settings settings)
    : database_(database),
      clock_(clock),
      answers_(answers),
      shop_(shop),
      retention_(settings.retention),
      bytes_max_(settings.bytes_max),
      terms_(std::move(settings.terms)) {
  database_.run("PRAGMA synchronous = NORMAL");
}

std::string JournalFile::worded(const std::exception& error) const {
  const bool is_damaged = dynamic_cast<const StoreDamaged*>(&error) != nullptr;
  const std::string file = database_.name();
  std::string text = error.what();
  // A full disk, for one, is told without the file that is on it.
  if (text.find(file) == std::string::npos) text = file + ": " + text;
  return is_damaged ? fmt::format("{}; {}", text, remedy_of_damage(file)) : text;
}

// The port forbids exceptions: a journal that fails must not stop a sweep. What it could not do is
// kept for the caller, and no shop is written without an announcement.
template <class Work>
void JournalFile::guarded(Work work) noexcept {
  try {
    SqliteTransaction all(database_);
    work();
    all.commit();
  } catch (const std::exception& error) {
    if (refresh_ || failure_.empty()) failure_ = worded(error);  // the cause, not what follows
    refresh_.reset();  // what it could not tell once it must not tell half of
  }
}

void JournalFile::refresh_begins(apply::Trigger trigger, const plan::Scope& scope) {
  answers_.forget();
  shop_.forget();
  answers_kept_ = false;
  bindings_.clear();
  refresh_.reset();
  ordered_json products = ordered_json::array();
  if (const auto* const ids = scope.ids()) {
    for (const catalogue::ProductId id : *ids) products.push_back(id.value);
  }
  guarded([&] {
    database_.change("INSERT INTO refresh (began, cause, products, terms) VALUES (?,?,?,?)",
                     {now(), std::string(apply::name(trigger)), products.dump(), terms_});
    refresh_ = database_.last_id();
  });
}

void JournalFile::breakdown(const capacity::Breakdown& breakdown) {
  binding_ = binding_of(breakdown);
  breakdown_ = dump(breakdown_json(breakdown));
}

std::string JournalFile::keep(std::string_view bytes) {
  std::string digest = hex(digest_of(bytes));
  if (database_.query("SELECT 1 AS known FROM bytes WHERE digest = ?", {digest}).empty()) {
    database_.change("INSERT INTO bytes (digest, kept) VALUES (?, CAST(? AS BLOB))",
                     {digest, compressed(bytes)});
  }
  return digest;
}

void JournalFile::keep_answers() {
  if (answers_kept_) return;
  for (const auto& [target, answer] : answers_.answered()) {
    database_.change(
        "INSERT INTO answer (refresh, target, ending, status, headers, detail, body) VALUES "
        "(?,?,?,?,?,?,?)",
        {*refresh_, target, std::string(panel::name(answer.ending)),
         static_cast<std::int64_t>(answer.status), headers_json(answer), answer.detail,
         keep(answer.body)});
  }
  answers_kept_ = true;
}

// A sweep that did not decide the product lies between none of the decisions of one row.
bool JournalFile::is_counted(const apply::JournalEntry& entry, const DecisionColumns& columns) {
  if (entry.outcome == apply::Outcome::wrote) return false;
  const auto last =
      database_.query("SELECT * FROM decision WHERE product = ? ORDER BY at DESC, id DESC LIMIT 1",
                      {entry.product.value});
  if (last.empty() || !holds(last.front(), columns)) return false;
  const auto between = database_.query(
      "SELECT 1 AS found FROM refresh WHERE id > ? AND id < ? AND products = '[]' AND "
      "coalesce(store_failure, '') = '' LIMIT 1",
      {last.front().integer("refresh"), *refresh_});
  if (!between.empty()) return false;
  database_.change("UPDATE decision SET refresh = ?, at = ?, times = times + 1 WHERE id = ?",
                   {*refresh_, entry.wall.time_since_epoch().count(), last.front().integer("id")});
  return true;
}

void JournalFile::record(const apply::JournalEntry& entry) {
  const std::string breakdown = std::exchange(breakdown_, "");
  const std::string binding = std::exchange(binding_, "");
  bindings_.insert_or_assign(entry.product, binding);
  guarded([&] {
    if (!refresh_) throw StoreError("a decision of a refresh that could not be journalled");
    keep_answers();
    const auto seen = shop_.products().find(entry.product);
    const catalogue::SeenProduct nothing{};
    const catalogue::SeenProduct& product = seen != shop_.products().end() ? seen->second : nothing;
    const DecisionColumns columns =
        columns_of(entry, product, binding, breakdown.empty() ? std::string() : keep(breakdown));
    if (!is_counted(entry, columns)) {
      const std::int64_t at = entry.wall.time_since_epoch().count();
      insert(database_, "decision", columns,
             {{"refresh", *refresh_}, {"at", at}, {"since_refresh", *refresh_}, {"since", at}});
    }
    // After a store that failed nobody knows; the next start looks.
    if (entry.decision.why().cause == plan::Cause::store_failed) return;
    database_.change("DELETE FROM intent WHERE product = ?", {entry.product.value});
  });
}

void JournalFile::refresh_ends(const apply::RefreshReport& report) {
  const OnDisk on_disk(database_);
  guarded([&] {
    if (!refresh_) return;
    keep_answers();
    const apply::Summary& s = report.summary;
    database_.change(
        "UPDATE refresh SET ended=?, hosts=?, total=?, updated=?, zeroed=?, unchanged=?, "
        "skipped=?, held=?, store_failure=?, pending=? WHERE id=?",
        {now(), dump(hosts_json(shop_.hosts())), s.total, s.updated, s.zeroed, s.unchanged,
         s.skipped, s.held, report.store_failure.value_or(""),
         shop_.pending().empty() ? "" : keep(dump(pending_json(shop_.pending(), shop_))),
         *refresh_});
  });
  guarded([&] { prune(); });
  guarded([&] { prune_to_size(); });
}

void JournalFile::prune() {
  const std::int64_t before =
      now() - std::chrono::duration_cast<std::chrono::milliseconds>(retention_).count();
  if (database_.change("DELETE FROM trouble WHERE at < ?", {before}) < 0) return;
  database_.change("DELETE FROM acceptance WHERE at < ?", {before});
  if (database_.query("SELECT id FROM refresh WHERE began < ? LIMIT 1", {before}).empty()) return;
  for (const char* table : {"decision", "answer"}) {
    database_.change(fmt::format("DELETE FROM {} WHERE refresh IN (SELECT id FROM refresh WHERE "
                                 "began < ?)",
                                 table),
                     {before});
  }
  database_.change("DELETE FROM refresh WHERE began < ?", {before});
  drop_unused_bytes();
}

// A tenth of the refreshes at a time, but never the newest. Freed pages are used again, so the file
// grows no further.
void JournalFile::prune_to_size() {
  const auto pragma = [&](const char* name) {
    return database_.query(fmt::format("PRAGMA {}", name), {}).at(0).integer(name);
  };
  const auto held = [&] {
    return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
  };
  while (held() > bytes_max_) {
    const auto last = database_.query(
        "SELECT max(id) AS id FROM (SELECT id FROM refresh WHERE id < (SELECT max(id) FROM "
        "refresh) "
        "ORDER BY id LIMIT 1 + (SELECT count(*) FROM refresh) / 10)",
        {});
    if (last.empty() || last.front().is_null("id")) return;
    const std::int64_t id = last.front().integer("id");
    for (const char* table : {"decision", "answer"}) {
      database_.change(fmt::format("DELETE FROM {} WHERE refresh <= ?", table), {id});
    }
    database_.change("DELETE FROM refresh WHERE id <= ?", {id});
    drop_unused_bytes();
  }
}

void JournalFile::drop_unused_bytes() {
  database_.change(
      "DELETE FROM bytes WHERE digest NOT IN (SELECT body FROM answer) AND digest NOT IN "
      "(SELECT breakdown FROM decision) AND digest NOT IN "
      "(SELECT pending FROM refresh WHERE pending IS NOT NULL)",
      {});
}

void JournalFile::accepted(const apply::Acceptance& acceptance) {
  guarded([&] {
    database_.change(
        "INSERT INTO acceptance (at, service, order_id, outcome, text) VALUES (?,?,?,?,?)",
        {acceptance.wall.time_since_epoch().count(), acceptance.service.value,
         acceptance.order.value, std::string(apply::name(acceptance.outcome)), acceptance.text});
  });
}

void JournalFile::trouble(const std::string& text) {
  guarded([&] { database_.change("INSERT INTO trouble (at, text) VALUES (?,?)", {now(), text}); });
}

void JournalFile::about_to_write(catalogue::ProductId product, std::int64_t old_qty,
                                 std::int64_t new_qty) {
  try {
    if (!refresh_) throw StoreError("its refresh could not be journalled: " + failure_);
    const OnDisk on_disk(database_);
    database_.change("INSERT INTO intent (at, product, old_qty, new_qty) VALUES (?,?,?,?)",
                     {now(), product.value, old_qty, new_qty});
  } catch (const StoreError& error) {
    if (refresh_) failure_ = worded(error);
    throw StoreError(fmt::format("nothing is written that cannot be journalled: {}", error.what()));
  }
}

std::vector<Unfinished> JournalFile::unfinished() {
  std::vector<Unfinished> found;
  for (const Row& row :
       database_.query("SELECT at, product, old_qty, new_qty FROM intent ORDER BY id", {})) {
    found.push_back({WallTime(std::chrono::milliseconds(row.integer("at"))),
                     catalogue::ProductId{row.integer("product")}, row.integer("old_qty"),
                     row.integer("new_qty")});
  }
  return found;
}

void JournalFile::settle_unfinished(const Unfinished& write, const std::string& found) {
  guarded([&] {
    database_.change("INSERT INTO trouble (at, text) VALUES (?,?)", {now(), found});
    database_.change("DELETE FROM intent WHERE product = ?", {write.product.value});
  });
}

}  // namespace vfstock::sqlite
