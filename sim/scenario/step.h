// The steps of a timeline, one plain struct per kind.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>

#include "mockpanel/faults/rule.h"
#include "sim/document/document.h"
#include "sim/fleet/panel_json.h"

namespace vfstock::sim::scenario {

using Time = std::chrono::milliseconds;

struct Cron {};
struct Recalculate {};
struct ViewCart {
  std::int64_t product = 0;
};

/// The shop's module creates a server through the panel's API; on success its hook runs.
struct Provision {
  std::int64_t product = 0;
  std::optional<std::int64_t> service;  // a name for later steps
  std::optional<std::int64_t> group;    // the customer's location; configoption1 when absent
};

/// The shop's module deletes the service's server through the panel's API; on success its hook
/// runs.
struct Terminate {
  std::int64_t service = 0;
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

/// What must be so at this moment; only the fields that are there are compared.
struct Expect {
  std::optional<std::int64_t> product, qty, writes, oversell;
  std::optional<std::string> decision, why, trigger;
  std::map<std::string, std::int64_t> requests;  // path -> times asked since the previous expect
  std::map<std::string, std::int64_t> summary;   // field -> value, of the newest refresh
};

using Action = std::variant<Cron, Recalculate, ViewCart, Provision, Terminate, ProvisionOutside,
                            TerminateOutside, Change, Fail, Heal, Expect>;

struct Step {
  Time at{};
  std::string verb;  // as written, e.g. "view-cart"
  fleet::Place place;
  Action action;
};

}  // namespace vfstock::sim::scenario
