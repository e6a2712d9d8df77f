// The engine's memory across restarts, in the journal's file: one row, replaced whole.
#pragma once

#include "engine/schedule/state.h"
#include "engine/sqlite/sqlite_database.h"

namespace vfstock::sqlite {

class StateFile final : public schedule::State {
 public:
  /// `database` as open_journal() gives it.
  explicit StateFile(SqliteDatabase& database) : database_(database) {}
  /// What cannot be understood counts as lost.
  std::optional<schedule::Remembered> load() override;
  void save(const schedule::Remembered& remembered) override;

 private:
  SqliteDatabase& database_;
};

}  // namespace vfstock::sqlite
