// How the last sweeps of a shop went, as its journal tells: for people and for monitoring.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/catalogue/product.h"
#include "engine/schedule/state.h"

namespace vfstock::live {

struct ShopStatus {
  /// A product that keeps its qty for a reason that passes, or whose fall the brake withholds.
  struct Waiting {
    catalogue::ProductId product;
    std::string name, why;
    WallTime since{};
    bool is_held = false;
  };
  /// Between two of our decisions the qty rose, which no order does.
  struct Foreign {
    catalogue::ProductId product;
    std::string name;
    std::int64_t ours = 0, found = 0;
    WallTime at{};  // when it was found
  };
  std::optional<WallTime> last_good;   // the end of the newest sweep that decided every product
  std::optional<WallTime> last_sweep;  // of the newest sweep, good or not
  std::string last_failure;            // why that one could not read the shop; empty: it could
  std::int64_t products = 0;           // of the newest sweep
  std::vector<Waiting> waiting;        // by product
  std::vector<Foreign> foreign;        // since the moment asked for, newest first
};

/// The journal is read and not changed. Throws StoreError, also when there is no such file.
ShopStatus shop_status(const std::string& journal_file, WallTime foreign_since);

/// What the engine remembers in this journal; nullopt when there is no such file, or nothing yet.
/// Throws StoreError.
std::optional<schedule::Remembered> remembered_in(const std::string& journal_file);

/// "the brake withholds the fall of products 3, 7 since 2026-11-24 03:00:15 UTC"; nullopt where
/// none is withheld.
std::optional<std::string> brake_text(const schedule::Remembered& remembered);

}  // namespace vfstock::live
