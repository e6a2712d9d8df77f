// The checker: reads a trace and says which invariants hold, are violated, or cannot be judged.
//
// It has its own reading of the panel's bytes and of the shop's columns, its own arithmetic, and
// the model's truth; it includes nothing of the engine. Feed it every record in order.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/invariants/trace.h"

namespace vfstock::sim::invariants {

/// The policy as far as it changes what a right answer is. Text values as in scenario files.
struct Expectations {
  std::string storage_match = "storage-type";  // "storage-type-other", "pool-id"
  std::string ipv4_cap = "group-max";          // "group-nested", "nested", "exact"
  std::string server_slots = "ignore";         // "enforce"
  std::string shared_storage = "none";         // "by-name"
  std::string ipv4_zero = "one";               // "none"
  std::string option_overrides = "package";    // "largest"
  /// Servers at most on single hypervisors, by id.
  std::map<std::int64_t, std::int64_t> node_caps;
  bool maintenance_excluded = false;
  /// The client asks for the panel's address blocks under "exact".
  bool reads_blocks = false;
  std::chrono::seconds block_ttl{600};
  std::optional<std::int64_t> qty_ceiling;
  std::string location_option = "Location";
  bool confirm_missing = true;
  std::chrono::seconds probe_interval{60};
  /// Selling what cannot be placed is a violation, not only a report.
  bool oversell_violates = false;
  /// The same, but only where the panel told all that it takes to know better.
  bool oversell_violates_where_told = false;
  std::string panel_host;  // for products bound to a server group; empty: not known
  /// Host names of the VirtFusion servers of each WHMCS server group. A group that is not here
  /// names none, and its products belong to the configured panel.
  std::map<std::int64_t, std::vector<std::string>> server_groups;
  // The rules of time. Texts as in scenario files.
  std::chrono::seconds package_ttl{600}, group_ttl{120}, missing_ttl{60};
  std::chrono::seconds event_window{30}, cron_window{7200}, cart_window{60};
  std::chrono::seconds delete_grace{300};
  std::string forget = "all-groups";            // "default-group", "none"
  std::string accept_when = "all-provisioned";  // "first-provisioned"
  bool reserve_pending = false;
  std::int64_t brake_percent = 50, brake_from = 5;
  std::string brake_release = "second-look";  // "forced"
  bool retry_unavailable = true;
  /// What one refresh may take. What was not asked within it could not be asked.
  std::chrono::milliseconds refresh_budget{120'000};
};

enum class Verdict { holds, violated, unknown };
std::string_view name(Verdict verdict) noexcept;

struct Violation {
  Time at{};
  std::string invariant;  // "keep-on-unavailable", ...
  Verdict verdict = Verdict::violated;
  std::string detail;  // a sentence or two: product, values, requests and answers with their times
};

/// Places that a written qty promised beyond what the panel's true state could take.
struct Oversell {
  Time at{};
  std::int64_t product = 0;
  std::int64_t qty = 0;
  std::int64_t placeable = 0;
};

class Checker {
 public:
  explicit Checker(Expectations expectations);
  ~Checker();
  Checker(Checker&&) noexcept;
  Checker& operator=(Checker&&) noexcept;

  void feed(const Record& record);
  /// Everything found so far, in order of time.
  const std::vector<Violation>& violations() const noexcept;
  const std::vector<Oversell>& oversells() const noexcept;

  /// The ids of all invariants, in the order in which they are documented.
  static const std::vector<std::string_view>& invariants();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vfstock::sim::invariants
