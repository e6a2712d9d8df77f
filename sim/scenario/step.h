// The steps of a timeline, one plain struct per kind.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "mockpanel/faults/rule.h"
#include "sim/document/document.h"
#include "sim/fleet/panel_json.h"
#include "sim/shop/failing_catalogue.h"
#include "sim/shop/provisioning.h"
#include "sim/shop/shop.h"

namespace vfstock::sim::scenario {

using Time = std::chrono::milliseconds;

/// The shop's cron; with `every` again and again, at the latest at `until`.
struct Cron {
  std::optional<Time> every, until;
};
/// `force` releases the brake.
struct Recalculate {
  bool force = false;
};
struct ViewCart {
  std::int64_t product = 0;
};

/// A customer orders; refused when a product is out of stock.
struct Order {
  std::optional<std::int64_t> order;  // a name for later steps
  std::vector<shop::OrderLine> lines;
  bool refused = false;  // the shop must refuse it
};
struct Cancel {
  std::int64_t order = 0;
};

/// The shop's module creates a server through the panel's API; on success its hook runs.
struct Provision {
  std::int64_t product = 0;             // 0: the ordered service's own
  std::optional<std::int64_t> service;  // a name for later steps, or a service that was ordered
  std::optional<std::int64_t> group;    // the customer's location; configoption1 when absent
  shop::ChosenSize chosen = {};         // in the product's configurable options
};

/// The shop's module deletes the service's server through the panel's API; on success its hook
/// runs.
struct Terminate {
  std::int64_t service = 0;
};

/// The service moves to another product through the panel's API; on success its hook runs.
struct ChangePackage {
  std::int64_t service = 0, product = 0;
};

/// Servers made and deleted in the panel alone: the shop hears nothing.
struct ProvisionOutside {
  std::int64_t package = 0, group = 0, count = 1;
  std::optional<std::int64_t> ipv4;
};
struct TerminateOutside {
  std::int64_t server = 0;
};

/// Unannounced changes of panel or shop, as the document says them.
struct Change {
  document::Json what;
};

struct Fail {
  mockpanel::faults::Rule rule;
  std::optional<Time> lasts;
};
struct Heal {
  std::optional<std::string> id;  // absent: every fault ends
};

/// The shop's store fails, or its AcceptOrder, or the store of what the engine saves.
struct StoreFail {
  enum class Part { tables, acceptance, state };
  Part part = Part::tables;
  shop::StoreFault fault = shop::StoreFault::none;  // of the tables
  std::string message;
  std::optional<Time> lasts;
};

/// The engine loses its memory; `state_lost`: what it had saved, too.
struct Restart {
  bool state_lost = false;
};

/// Somebody sets the calendar.
struct ClockStep {
  Time by{};
};

/// What must be so at this moment; only the fields that are there are compared.
struct Expect {
  std::optional<std::int64_t> product, qty, writes, oversell;
  std::optional<std::string> decision, why, trigger;
  std::map<std::string, std::int64_t> requests;  // path -> times asked since the previous expect
  std::map<std::string, std::int64_t> summary;   // field -> value, of the newest refresh
  struct OrderStatus {
    std::int64_t id = 0;
    std::string status;
  };
  std::optional<OrderStatus> order;
};

using Action = std::variant<Cron, Recalculate, ViewCart, Order, Cancel, Provision, Terminate,
                            ChangePackage, ProvisionOutside, TerminateOutside, Change, Fail, Heal,
                            StoreFail, Restart, ClockStep, Expect>;

struct Step {
  Time at{};
  std::string verb;  // as written, e.g. "view-cart"
  fleet::Place place;
  Action action;
};

}  // namespace vfstock::sim::scenario
