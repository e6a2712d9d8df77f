// What one delivered answer says: a document, "there is no such record", or nothing to believe.
//
// This is the row-by-row table of answers, read by the checker itself from the bytes.
#pragma once

#include <chrono>
#include <string>

#include <nlohmann/json.hpp>

#include "sim/invariants/trace.h"

namespace vfstock::sim::invariants {

enum class Says {
  document,   // 200, JSON by type and by content, whole
  not_found,  // 404 with JSON about a record, and nothing about coming back later
  nothing,    // everything else
};

struct Answer {
  Says says = Says::nothing;
  /// The rules leave open whether the answer may be believed.
  bool doubtful = false;
  std::string story;  // "answered 503", "did not answer"
  nlohmann::json document;
};

/// `oldest`: by its own Age, an answer may be no older.
Answer read_answer(const Exchanged& exchange, std::chrono::seconds oldest);

/// Whether an answer to GET /connect is as a panel's: a list, or an object that speaks of no error,
/// no message and no maintenance.
bool vouches(const Answer& answer);

}  // namespace vfstock::sim::invariants
