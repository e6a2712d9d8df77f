// The engine's memory across restarts, in the journal's file: one row, replaced whole.
#pragma once

#include "engine/sqlite/sqlite_database.h"
#include "engine/stock/state.h"

namespace vfstock::sqlite {

class StateFile final : public stock::State {
 public:
  /// `database` as open_journal() gives it.
  explicit StateFile(SqliteDatabase& database) : database_(database) {}
  /// What cannot be understood counts as lost.
  std::optional<stock::Remembered> load() override;
  void save(const stock::Remembered& remembered) override;

 private:
  SqliteDatabase& database_;
};

}  // namespace vfstock::sqlite
