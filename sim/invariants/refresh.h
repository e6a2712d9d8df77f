// The running refresh as the invariants see it: each product's course from row to row.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/invariants/expected.h"
#include "sim/invariants/trace.h"

namespace vfstock::sim::invariants {

/// What happened to one product during the refresh.
struct Course {
  Row row;  // as the shop held it when the refresh began
  /// The same row with everything that others changed since, and with the engine's writes.
  Row now;
  bool in_scope = false;
  /// Others changed the row meanwhile, so that leaving it alone is right, too.
  bool moved = false;
  bool removed = false;  // by others
  std::vector<Wrote> writes;
  std::vector<Journalled> entries;
  /// What the rules asked for when the journal was told, or at the end where it never was.
  std::optional<Expected> expected;
  /// The brake holds, or the shop takes no writes: leaving the row alone is right, too.
  bool braked = false;
  bool unwritable = false;
  /// The row at the end; absent when it is gone, or before the end.
  std::optional<Row> at_end;
};

struct Refresh {
  std::string trigger;
  Time began{};
  bool is_sweep = true;
  bool forced = false;  // an operator releases the brake
  /// The shop answered when the refresh began and when it ended.
  ShopAnswers shop;
  std::map<std::int64_t, Course> courses;  // every row of the table
  std::vector<Waiting> waiting;            // orders on their way
  /// The orders on their way as they were before others changed the shop, once per change.
  std::vector<std::vector<Held>> held_before;
};

Refresh begin_refresh(const RefreshBegins& begins);
/// Takes in what others changed, row by row.
void shop_changed(Refresh& refresh, const ShopChanged& change);

/// Where two rows differ, e.g. "qty 3 -> 4, name"; empty when they do not.
std::string difference(const Row& before, const Row& after);

}  // namespace vfstock::sim::invariants
