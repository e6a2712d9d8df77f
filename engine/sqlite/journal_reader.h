// Reads a journal file: decisions as lines, and whole refreshes with what they rested on.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/apply/journal.h"
#include "engine/base/clock.h"
#include "engine/panel/answer_log.h"
#include "engine/sqlite/seen_json.h"
#include "engine/sqlite/sqlite_database.h"

namespace vfstock::sqlite {

/// A decision, or several of one product in turn that were the same on the same evidence.
struct KeptDecision {
  std::int64_t id = 0, refresh = 0;  // the newest refresh that decided so
  WallTime at{};                     // then
  std::int64_t times = 1;
  WallTime since{};                // when the first of them was made
  std::int64_t since_refresh = 0;  // and by which refresh
  std::string trigger;
  catalogue::ProductId product;
  std::string name;
  bool is_set = false;
  std::optional<std::int64_t> wanted;  // the qty of a Set
  std::string cause, why, outcome;     // as apply::name() writes cause and outcome
  std::int64_t old_qty = 0, new_qty = 0;
  std::string binding;
  catalogue::SeenProduct seen;
};

struct KeptRefresh {
  std::int64_t id = 0;
  WallTime began{};
  std::string trigger;
  std::vector<std::int64_t> only;  // products; empty: a sweep
  std::string terms;               // what JournalFile was told about policy and panel
  Hosts hosts;
  SeenPending pending;  // orders on their way, where the policy reserves for them
  std::string store_failure;
  std::vector<KeptDecision> decisions;
  panel::Answered answers;
};

struct JournalFilter {
  std::optional<WallTime> from, to;  // both included
  std::optional<catalogue::ProductId> product;
  std::optional<std::int64_t> decision;  // this one alone
  std::optional<std::string> outcome, cause;
  std::int64_t most = 1000;  // the newest so many
};

/// Whether the journal counts decisions that are the same; those of before version 3 do not.
bool counts_decisions(SqliteDatabase& journal);

/// Oldest first. All of these throw StoreError.
std::vector<KeptDecision> kept_decisions(SqliteDatabase& journal, const JournalFilter& filter);
std::vector<KeptRefresh> kept_refreshes(SqliteDatabase& journal, WallTime from, WallTime to);
/// nullopt: there is none of this number.
std::optional<KeptRefresh> kept_refresh(SqliteDatabase& journal, std::int64_t id);
/// The products that refreshes after this one wrote.
std::set<catalogue::ProductId> written_after(SqliteDatabase& journal, std::int64_t refresh);
/// The derivation of a decision as JSON text; empty where none was made; nullopt: no such decision.
std::optional<std::string> kept_breakdown(SqliteDatabase& journal, std::int64_t decision);

struct KeptTrouble {
  WallTime at{};
  std::string text;
};
std::vector<KeptTrouble> kept_troubles(SqliteDatabase& journal, const JournalFilter& filter);

}  // namespace vfstock::sqlite
