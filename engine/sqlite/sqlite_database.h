// Database in one SQLite file.
//
// Several programs may read at once. A writer waits for another one's transaction up to
// `busy_wait`, then fails. The writers' lock is on the file itself, so that symbolic and hard links
// to it make no second writer; the system lets it go when the process dies, and it never waits. Not
// thread-safe.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/catalogue/database.h"

namespace vfstock::sqlite {

using catalogue::Row;
using catalogue::StoreError;
using catalogue::Value;

/// The file is no SQLite database, or no longer a whole one.
class StoreDamaged : public StoreError {
 public:
  using StoreError::StoreError;
};

class SqliteDatabase final : public catalogue::Database {
 public:
  enum class Open { read_only, read_write, create };
  static constexpr std::chrono::milliseconds busy_wait{5'000};
  /// Instead of busy_wait.
  void wait_at_most(std::chrono::milliseconds wait);

  /// Throws StoreError when the file cannot be opened, does not exist (unless `create`), or is no
  /// SQLite database.
  SqliteDatabase(const std::filesystem::path& file, Open how);
  ~SqliteDatabase() override;
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  std::vector<Row> query(const std::string& sql, const std::vector<Value>& parameters) override;
  std::int64_t change(const std::string& sql, const std::vector<Value>& parameters) override;
  catalogue::Changed change_and_read(const std::string& sql, const std::vector<Value>& parameters,
                                     const std::string& question,
                                     const std::vector<Value>& question_parameters) override;
  std::vector<std::string> columns_of(const std::string& table) override;
  bool lock_writers(std::chrono::seconds wait) override;
  std::string name() const override;

  /// Runs several statements without parameters, e.g. a schema. Throws StoreError.
  void run(const std::string& statements);
  /// The id that the newest row of this connection was given.
  std::int64_t last_id() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Begins a transaction; what is not committed at the end is undone.
class SqliteTransaction {
 public:
  /// Throws StoreError.
  explicit SqliteTransaction(SqliteDatabase& database);
  ~SqliteTransaction();
  SqliteTransaction(const SqliteTransaction&) = delete;
  SqliteTransaction& operator=(const SqliteTransaction&) = delete;
  /// Throws StoreError.
  void commit();

 private:
  SqliteDatabase& database_;
  bool open_ = true;
};

}  // namespace vfstock::sqlite
