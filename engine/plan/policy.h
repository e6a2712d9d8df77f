// Every tunable of the engine in one plain struct. The presets are the three shops people ask
// about: `normal_policy` (what a shop should run), `strict` (never sells what cannot be placed) and
// `classic` (the behaviour that this project replaces, kept so that its harm can be shown).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/capacity/rules.h"

namespace vfstock::plan {

enum class Ipv4Zero { one, none };
enum class Forget { all_groups, default_group, none };
enum class AcceptWhen { all_provisioned, first_provisioned };

/// Bounds on every exchange and every refresh.
struct Bounds {
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds request{30'000};
  std::chrono::milliseconds sweep{120'000};
  std::int64_t first_line_bytes = std::int64_t{8} * 1024;
  std::int64_t head_bytes = std::int64_t{64} * 1024;
  std::int64_t body_bytes = std::int64_t{32} * 1024 * 1024;  // after decompression
  int nesting = 64;
  int pages = 500;
  std::chrono::seconds retry_after_max{15 * 60};
  int requests_at_once = 4;
};

struct Policy {
  // Counting.
  capacity::StorageMatch storage_match = capacity::StorageMatch::storage_type;
  capacity::Ipv4Cap ipv4_cap = capacity::Ipv4Cap::group_max;
  capacity::ServerSlots server_slots = capacity::ServerSlots::ignore;
  Ipv4Zero ipv4_zero = Ipv4Zero::one;
  std::optional<std::int64_t> qty_ceiling;  // places; also what an unbounded product is set to
  std::string location_option = "Location";

  // Believing the panel.
  bool confirm_missing = true;
  std::chrono::seconds probe_interval{60};
  bool first_page_only = false;  // classic: what lies beyond the first 20 hypervisors is not seen

  // Time.
  std::chrono::seconds package_ttl{600};
  std::chrono::seconds group_ttl{120};
  std::chrono::seconds missing_ttl{60};
  std::chrono::seconds event_window{30};
  std::chrono::seconds cron_window{7200};
  std::chrono::seconds cart_window{60};
  Forget forget = Forget::all_groups;
  bool trailing_refresh = true;
  std::chrono::seconds delete_grace{300};
  bool retry_unavailable = true;
  bool reserve_pending = false;
  std::int64_t brake_percent = 50;  // 0: no brake
  AcceptWhen accept_when = AcceptWhen::all_provisioned;

  Bounds bounds;
};

/// "default", "strict" or "classic"; nullopt for any other name.
std::optional<Policy> preset(std::string_view name);

}  // namespace vfstock::plan
