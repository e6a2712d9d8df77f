// Answer -> what it means: the one place that says which endings, status codes and headers are an
// answer at all. Everything that is not clearly "here it is" or "it does not exist" is Unavailable.
// Pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "engine/base/bounds.h"
#include "engine/panel/lookup.h"
#include "engine/panel/panel.h"
#include "engine/panel/transport.h"

namespace vfstock::panel {

/// What is needed to read an answer. Retry-After: the calendar time of the answer, and the longest
/// wait believed. Age: the oldest answer believed.
struct Patience {
  WallTime now{};
  std::chrono::seconds longest = default_bounds.retry_after_max;
  std::chrono::seconds oldest{120};
  int nesting = default_bounds.nesting;
  bool believe_status = false;  // as clients do that look at the status alone: any 404 is Missing
};

/// Found: the body of a 200 with a JSON content type, not yet parsed; it points into `answer`.
/// Missing: a 404 with a JSON content type whose body is an API's word about a record (api_word.h)
/// and that has no Retry-After, not yet confirmed. Unavailable: all else, also what says that it is
/// older than `oldest` (freshness.h), with a sentence part such as "503 from /packages/7".
Lookup<std::string_view> read_answer(const Request& request, const Answer& answer,
                                     const Patience& patience);

/// The exchange as evidence.
Exchange exchange(const Request& request, const Answer& answer);

}  // namespace vfstock::panel
