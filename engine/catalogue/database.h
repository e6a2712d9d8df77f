// The port to a database: one statement in, rows by column name out. The two adapters
// (engine/sqlite/, engine/mariadb/) differ in how they connect, wait and lock; what is asked of
// a shop is written once, above them (sql_catalogue.h).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/catalogue/catalogue.h"

namespace vfstock::catalogue {

using Value = std::variant<std::int64_t, std::string>;

/// One row of an answer. Columns are found by name, in any letter case, so that a schema with
/// further columns or another order reads the same.
class Row {
 public:
  using Columns = std::vector<std::string>;
  using Cells = std::vector<std::optional<std::string>>;
  Row(std::shared_ptr<const Columns> columns, Cells cells)
      : columns_(std::move(columns)), cells_(std::move(cells)) {}

  /// As stored; NULL is empty. Throws StoreError when the answer has no such column.
  std::string text(const std::string& column) const { return cell(column).value_or(""); }
  /// The leading integer of what is stored; NULL is 0. Throws like text().
  std::int64_t integer(const std::string& column) const;
  bool is_null(const std::string& column) const { return !cell(column).has_value(); }
  const Columns& columns() const noexcept { return *columns_; }

 private:
  const std::optional<std::string>& cell(const std::string& column) const;

  std::shared_ptr<const Columns> columns_;
  Cells cells_;
};

/// What came of a change.
struct Changed {
  std::int64_t rows = 0;    // that were changed
  std::vector<Row> answer;  // to the question that was asked with it
};

class Database {
 public:
  virtual ~Database() = default;
  /// Reads. A connection that was lost while idle is made anew, once. Throws StoreError.
  virtual std::vector<Row> query(const std::string& sql,
                                 const std::vector<Value>& parameters = {}) = 0;
  /// Changes, each statement a transaction of its own, never tried twice. The number of rows
  /// changed. Throws StoreError, after which it is not known whether the change was made; StoreBusy
  /// where another program held what was to be changed.
  virtual std::int64_t change(const std::string& sql, const std::vector<Value>& parameters) = 0;
  /// The same, and in the same transaction a question: what the store made of it, before anybody
  /// else can change it.
  virtual Changed change_and_read(const std::string& sql, const std::vector<Value>& parameters,
                                  const std::string& question,
                                  const std::vector<Value>& question_parameters) = 0;
  /// Its columns in lower case; empty when there is no such table or none of it may be read.
  virtual std::vector<std::string> columns_of(const std::string& table) = 0;
  /// Becomes the one writer, until this object dies. False: another one is, and still was after
  /// `wait`. Throws StoreError.
  virtual bool lock_writers(std::chrono::seconds wait) = 0;
  /// What was opened, for people; holds no secret.
  virtual std::string name() const = 0;
};

}  // namespace vfstock::catalogue
