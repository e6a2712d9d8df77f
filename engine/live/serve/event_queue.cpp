#include "engine/live/serve/event_queue.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/sqlite/journal_file.h"
#include "engine/sqlite/wall_time.h"

namespace vfstock::serve {
namespace {

constexpr const char* event_schema = R"(
CREATE TABLE IF NOT EXISTS event (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL,
  kind TEXT NOT NULL, service INTEGER NOT NULL, product INTEGER NOT NULL, module TEXT NOT NULL,
  received INTEGER NOT NULL, begun INTEGER NOT NULL DEFAULT 0, handled INTEGER);
CREATE INDEX IF NOT EXISTS event_waiting ON event (number) WHERE handled IS NULL;
)";

constexpr std::chrono::hours ids_are_kept{24};

EventKind event_kind(const std::string& text) {
  for (const EventKind kind :
       {EventKind::module_create, EventKind::module_terminate, EventKind::module_change_package,
        EventKind::cron, EventKind::cart}) {
    if (name(kind) == text) return kind;
  }
  return EventKind::look;
}

Source event_source(const std::string& text) {
  for (const Source source : {Source::whmcs, Source::virtfusion}) {
    if (name(source) == text) return source;
  }
  return Source::watch;
}

Event event_from(const sqlite::Row& row) {
  return {.id = row.text("id"),
          .source = event_source(row.text("source")),
          .kind = event_kind(row.text("kind")),
          .service = row.integer("service"),
          .product = row.integer("product"),
          .module = row.text("module"),
          .received = sqlite::wall_time_of(row.integer("received"))};
}

/// Asking twice for these at once is asking once.
bool may_be_joined(EventKind kind) {
  return kind == EventKind::cart || kind == EventKind::cron || kind == EventKind::look;
}

}  // namespace

EventQueue::EventQueue(const std::filesystem::path& file)
    : database_(sqlite::open_journal(file, sqlite::SqliteDatabase::Open::create)) {
  // A commit waits for the disk: what was answered survives a machine that loses its power.
  database_->run("PRAGMA synchronous = FULL");
  database_->run(event_schema);
  add_missing_column();
}

// A queue of before it was noted which events were begun with.
void EventQueue::add_missing_column() {
  sqlite::SqliteTransaction all(*database_);
  const auto columns = database_->columns_of("event");
  if (std::find(columns.begin(), columns.end(), "begun") == columns.end()) {
    database_->run("ALTER TABLE event ADD COLUMN begun INTEGER NOT NULL DEFAULT 0");
  }
  all.commit();
}

EventQueue::Put EventQueue::put(const Event& event) {
  const std::lock_guard lock(mutex_);
  if (!database_->query("SELECT 1 AS known FROM event WHERE id = ?", {event.id}).empty()) {
    return Put::known;
  }
  if (may_be_joined(event.kind) &&
      !database_
           ->query("SELECT 1 AS same FROM event WHERE handled IS NULL AND begun = 0 AND kind = ? "
                   "AND product = ? LIMIT 1",
                   {std::string(name(event.kind)), event.product})
           .empty()) {
    return Put::same;
  }
  const auto waiting =
      database_->query("SELECT count(*) AS depth FROM event WHERE handled IS NULL", {});
  if (waiting.at(0).integer("depth") >= waiting_max) return Put::refused;
  const std::int64_t stored = database_->change(
      "INSERT OR IGNORE INTO event (id, source, kind, service, product, module, received) VALUES "
      "(?,?,?,?,?,?,?)",
      {event.id, std::string(name(event.source)), std::string(name(event.kind)), event.service,
       event.product, event.module, sqlite::milliseconds_of(event.received)});
  return stored == 1 ? Put::stored : Put::known;
}

std::optional<EventQueue::Waiting> EventQueue::next(std::int64_t after) {
  const std::lock_guard lock(mutex_);
  const auto rows = database_->query(
      "SELECT number, id, source, kind, service, product, module, received FROM event WHERE "
      "handled IS NULL AND number > ? ORDER BY number LIMIT 1",
      {after});
  if (rows.empty()) return std::nullopt;
  return Waiting{rows.front().integer("number"), event_from(rows.front())};
}

void EventQueue::begin(std::int64_t number) {
  const std::lock_guard lock(mutex_);
  database_->change("UPDATE event SET begun = 1 WHERE number = ?", {number});
}

void EventQueue::handled(std::int64_t number, WallTime now) {
  const std::lock_guard lock(mutex_);
  database_->change("UPDATE event SET handled = ? WHERE number = ?",
                    {sqlite::milliseconds_of(now), number});
  if (now - pruned_ > std::chrono::minutes{10}) prune(now);
}

void EventQueue::prune(WallTime now) {
  database_->change("DELETE FROM event WHERE handled < ?",
                    {sqlite::milliseconds_of(now - ids_are_kept)});
  pruned_ = now;
}

std::int64_t EventQueue::depth() {
  const std::lock_guard lock(mutex_);
  return database_->query("SELECT count(*) AS depth FROM event WHERE handled IS NULL", {})
      .at(0)
      .integer("depth");
}

}  // namespace vfstock::serve
