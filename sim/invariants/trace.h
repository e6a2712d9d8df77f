// The plain trace of a run: what an onlooker saw at the wire, at the shop's table and at the
// journal.
//
// The checker reads nothing else. Records carry bytes and column text, never the engine's own
// reading of them, so that a misreading cannot vouch for itself. Times are virtual.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "mockpanel/model/world.h"

namespace vfstock::sim::invariants {

using Time = std::chrono::milliseconds;

/// A product row and its options exactly as the shop holds them.
struct Row {
  std::int64_t id = 0;
  std::string name, servertype;
  std::int64_t stockcontrol = 0, servergroup = 0, qty = 0;
  std::string configoption1, configoption2, configoption3, configoption7;
  std::vector<std::pair<std::string, std::string>> options;  // option name, value name
};

/// A refresh starts. `product` absent: a sweep of all. `rows` is the whole table at this moment.
struct RefreshBegins {
  Time at{};
  std::string trigger;  // "AfterCronJob", ...
  std::optional<std::int64_t> product;
  std::vector<Row> rows;
};

/// One request of the engine and what was really delivered for it.
struct Exchanged {
  Time asked{}, answered{};
  /// "/packages/7", "/compute/hypervisors/groups/1/resources?results=200&page=1"
  std::string target;
  int status = 0;  // 0: no status line was delivered
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;    // the bytes delivered
  bool whole = false;  // the exchange was delivered whole and in time
  std::string fault;   // id of the fault rule that fired, empty for none
  /// The panel's true state when it answered.
  std::shared_ptr<const mockpanel::model::World> truth;
};

/// The shop's table changed through the engine.
struct Wrote {
  Time at{};
  std::int64_t product = 0;
  std::int64_t old_qty = 0, new_qty = 0;
};

/// The journal was told.
struct Journalled {
  Time at{};
  std::int64_t product = 0;
  bool is_set = false;      // a Set; otherwise a Keep
  std::string cause, text;  // as the journal names them
  std::string outcome;      // "wrote", "unchanged", "kept"
  std::int64_t old_qty = 0, new_qty = 0;
};

/// The refresh is over. `rows` is the whole table at this moment.
struct RefreshEnds {
  Time at{};
  std::vector<Row> rows;
};

/// Somebody other than the engine changed the shop (an order, an administrator).
struct ShopChanged {
  Time at{};
  std::vector<Row> rows;
};

using Record = std::variant<RefreshBegins, Exchanged, Wrote, Journalled, RefreshEnds, ShopChanged>;

}  // namespace vfstock::sim::invariants
