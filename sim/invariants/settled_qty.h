// Whether a product was left at the qty that its rule asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/invariants/refresh.h"

namespace vfstock::sim::invariants {

/// A qty below nothing is never-negative's to tell of, whatever else would have been right.
inline bool is_a_debt(std::int64_t qty) { return qty < 0; }

inline bool was_set_to_a_debt(const Course& course) {
  return !course.entries.empty() && course.entries.back().is_set &&
         is_a_debt(course.entries.back().new_qty);
}

/// What is wrong with the row at the end when nothing was written to it; nullopt when nothing is. A
/// wrong write is told of when it happens and not again here.
inline std::optional<std::string> left_wrong(const Course& course) {
  const bool judged = course.in_scope && course.expected && course.at_end;
  if (!judged || !course.writes.empty() || was_set_to_a_debt(course)) return std::nullopt;
  const Expected& expected = *course.expected;
  const bool may_stay = expected.keep || course.moved || course.braked || course.unwritable;
  if (!expected.qty || may_stay) return std::nullopt;
  if (expected.takes(course.at_end->qty)) return std::nullopt;
  return "product " + std::to_string(course.row.id) + ": qty stayed " +
         std::to_string(course.at_end->qty) + " instead of " + std::to_string(*expected.qty) +
         " although " + expected.because;
}

}  // namespace vfstock::sim::invariants
