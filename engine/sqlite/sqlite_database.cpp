#include "engine/sqlite/sqlite_database.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include "engine/catalogue/store_busy.h"
#include "engine/sqlite/kept_descriptors.h"

namespace vfstock::sqlite {
namespace {

struct Finalise {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalise>;

int flags_of(SqliteDatabase::Open how) {
  switch (how) {
    case SqliteDatabase::Open::read_only:
      return SQLITE_OPEN_READONLY;
    case SqliteDatabase::Open::read_write:
      return SQLITE_OPEN_READWRITE;
    case SqliteDatabase::Open::create:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
  return SQLITE_OPEN_READONLY;
}

}  // namespace

struct SqliteDatabase::State {
  std::filesystem::path file;
  OpenFile open_file;  // ends after the connection
  sqlite3* connection = nullptr;
  int lock = -1;  // descriptor of the writers' lock
  bool is_writer = false;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    sqlite3_close(connection);
    if (lock < 0) return;
    flock(lock, LOCK_UN);
    open_file.close_later(lock);
  }

  [[noreturn]] void fail() const {
    const std::string why = fmt::format("{}: {}", file.string(), sqlite3_errmsg(connection));
    const int error = sqlite3_errcode(connection);
    if (error == SQLITE_BUSY) throw catalogue::StoreBusy(why);
    if (error == SQLITE_CORRUPT || error == SQLITE_NOTADB) throw StoreDamaged(why);
    throw StoreError(why);
  }
  Statement prepare(const std::string& sql, const std::vector<Value>& parameters) const;
};

Statement SqliteDatabase::State::prepare(const std::string& sql,
                                         const std::vector<Value>& parameters) const {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &raw, nullptr) !=
      SQLITE_OK) {
    fail();
  }
  Statement statement(raw);
  int place = 0;
  for (const Value& value : parameters) {
    ++place;
    const auto* number = std::get_if<std::int64_t>(&value);
    const int bound = number != nullptr
                          ? sqlite3_bind_int64(raw, place, *number)
                          : sqlite3_bind_text64(raw, place, std::get<std::string>(value).data(),
                                                std::get<std::string>(value).size(),
                                                SQLITE_TRANSIENT, SQLITE_UTF8);
    if (bound != SQLITE_OK) fail();
  }
  return statement;
}

SqliteDatabase::SqliteDatabase(const std::filesystem::path& file, Open how)
    : state_(std::make_unique<State>()) {
  state_->file = file;
  const int opened = sqlite3_open_v2(file.c_str(), &state_->connection, flags_of(how), nullptr);
  if (opened != SQLITE_OK) state_->fail();
  state_->open_file.begin(file);
  sqlite3_busy_timeout(state_->connection, static_cast<int>(busy_wait.count()));
  // Opening reads nothing; that the file is no database must be known before anything is done.
  query("SELECT count(*) AS known FROM sqlite_master", {});
}

SqliteDatabase::~SqliteDatabase() = default;

void SqliteDatabase::wait_at_most(std::chrono::milliseconds wait) {
  sqlite3_busy_timeout(state_->connection, static_cast<int>(wait.count()));
}

std::vector<Row> SqliteDatabase::query(const std::string& sql,
                                       const std::vector<Value>& parameters) {
  const Statement statement = state_->prepare(sql, parameters);
  const int width = sqlite3_column_count(statement.get());
  auto columns = std::make_shared<Row::Columns>();
  for (int i = 0; i < width; ++i) columns->emplace_back(sqlite3_column_name(statement.get(), i));
  std::vector<Row> rows;
  int step = 0;
  while ((step = sqlite3_step(statement.get())) == SQLITE_ROW) {
    Row::Cells cells;
    for (int i = 0; i < width; ++i) {
      if (sqlite3_column_type(statement.get(), i) == SQLITE_NULL) {
        cells.emplace_back();
        continue;
      }
      // As a blob, so that a NUL byte does not end it.
      const void* const bytes = sqlite3_column_blob(statement.get(), i);
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement.get(), i));
      cells.emplace_back(size == 0 ? std::string()
                                   : std::string(static_cast<const char*>(bytes), size));
    }
    rows.emplace_back(columns, std::move(cells));
  }
  if (step != SQLITE_DONE) state_->fail();
  return rows;
}

std::int64_t SqliteDatabase::change(const std::string& sql, const std::vector<Value>& parameters) {
  const Statement statement = state_->prepare(sql, parameters);
  if (sqlite3_step(statement.get()) != SQLITE_DONE) state_->fail();
  return sqlite3_changes64(state_->connection);
}

catalogue::Changed SqliteDatabase::change_and_read(const std::string& sql,
                                                   const std::vector<Value>& parameters,
                                                   const std::string& question,
                                                   const std::vector<Value>& question_parameters) {
  SqliteTransaction all(*this);
  catalogue::Changed changed{change(sql, parameters), query(question, question_parameters)};
  all.commit();
  return changed;
}

std::vector<std::string> SqliteDatabase::columns_of(const std::string& table) {
  std::vector<std::string> columns;
  for (const Row& row : query("SELECT lower(name) AS name FROM pragma_table_info(?)", {table})) {
    columns.push_back(row.text("name"));
  }
  return columns;
}

// The lock is on the file itself, whatever it is called: by a link it is the same shop. It goes by
// descriptors and does not meet SQLite's own locks, which go by process and would end with any
// descriptor of the file: so the lock's is kept as long as any connection.
bool SqliteDatabase::lock_writers(std::chrono::seconds) {
  if (state_->is_writer) return true;
  if (state_->lock < 0) state_->lock = state_->open_file.take_kept();
  if (state_->lock < 0) {
    state_->lock = open(state_->file.c_str(), O_RDONLY | O_CLOEXEC);
    if (state_->lock < 0) {
      throw StoreError(fmt::format("{}: the writers' lock cannot be opened: {}",
                                   state_->file.string(), std::strerror(errno)));
    }
  }
  state_->is_writer = flock(state_->lock, LOCK_EX | LOCK_NB) == 0;
  return state_->is_writer;
}

std::string SqliteDatabase::name() const { return "sqlite:" + state_->file.string(); }

void SqliteDatabase::run(const std::string& statements) {
  if (sqlite3_exec(state_->connection, statements.c_str(), nullptr, nullptr, nullptr) !=
      SQLITE_OK) {
    state_->fail();
  }
}

std::int64_t SqliteDatabase::last_id() const {
  return sqlite3_last_insert_rowid(state_->connection);
}

SqliteTransaction::SqliteTransaction(SqliteDatabase& database) : database_(database) {
  database_.run("BEGIN IMMEDIATE");
}

SqliteTransaction::~SqliteTransaction() {
  if (!open_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const StoreError&) {
    // SQLite has rolled back by itself, or the file is gone: either way nothing is left to undo.
    open_ = false;
  }
}

void SqliteTransaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace vfstock::sqlite
