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

/// A service that was ordered and has no server on the panel yet.
struct Waiting {
  std::int64_t service = 0;
  std::int64_t product = 0;
  std::int64_t qty = 1;
  Time ordered{};                     // virtual time
  std::optional<std::string> option;  // value of the location that was chosen
};

/// Whether the shop's tables answer the engine at this moment.
struct ShopAnswers {
  bool reads = true, writes = true;
};

/// A refresh starts. `product` absent: a sweep of all. `rows` is the whole table at this moment.
struct RefreshBegins {
  Time at{};
  std::string trigger;  // "AfterCronJob", ...
  std::optional<std::int64_t> product;
  std::vector<Row> rows;
  std::vector<Waiting> waiting;
  /// The products of a refresh of several that is no sweep (a retry); else empty.
  std::vector<std::int64_t> only;
  ShopAnswers shop;
  bool forced = false;  // an operator releases the brake

  bool is_sweep() const { return !product && only.empty(); }
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
  bool lied = false;   // it read as a right answer and did not tell the panel's state
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
  std::string outcome;      // "wrote", "unchanged", "kept", "held"
  std::int64_t old_qty = 0, new_qty = 0;
};

/// The refresh is over. `rows` is the whole table at this moment.
struct RefreshEnds {
  Time at{};
  std::vector<Row> rows;
  ShopAnswers shop;
};

/// Somebody other than the engine changed the shop (an order, an administrator).
struct ShopChanged {
  Time at{};
  std::vector<Row> rows;
  std::vector<Waiting> waiting;
};

/// One of the shop's hooks reached the engine, whether or not it led to a refresh.
struct Hook {
  Time at{};
  std::string name;         // "AfterModuleCreate", "AfterCronJob", "ClientAreaPageCart", ...
  std::string module_type;  // of module hooks
  std::optional<std::int64_t> product;  // of module hooks and cart views
  bool shop_readable = true;            // false: the engine could not look the product up
};

/// The engine asked the shop to accept an order.
struct Accepting {
  Time at{};
  std::int64_t order = 0;
  std::string status;            // as stored before
  bool autosetup = false;        // as the engine asked
  std::int64_t waiting = 0;      // VirtFusion services of the order Pending without a server
  std::int64_t provisioned = 0;  // those that have one
  bool accepted = false;         // the shop's answer
};

/// The engine lost its memory and started again; `state_lost`: the State port's content too.
struct Restarted {
  Time at{};
  bool state_lost = false;
};

/// The wall clock jumped; monotonic time did not.
struct ClockStepped {
  Time at{};
  Time by{};
};

/// The timeline changed the panel, the shop or a fault; until then nothing was quiet.
struct Disturbed {
  Time at{};
  std::string what;
  /// A fault that lasts: nothing is quiet before this moment. `Time::max()`: until the next record.
  Time until{};
};

/// A step of the timeline is over, and everything that was due by now has run.
struct StepEnds {
  Time at{};
  std::vector<Row> rows;
  std::vector<Waiting> waiting;
  std::shared_ptr<const mockpanel::model::World> truth;
};

using Record = std::variant<RefreshBegins, Exchanged, Wrote, Journalled, RefreshEnds, ShopChanged,
                            Hook, Accepting, Restarted, ClockStepped, Disturbed, StepEnds>;

}  // namespace vfstock::sim::invariants
