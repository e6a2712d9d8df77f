// Every tunable of the engine in one plain struct, and the table that says of each how people write
// it. The presets are the shops people ask about: `default` (what can be placed, as far as the
// panel tells), `strict` (never sells what cannot be placed), `seed` (the counting rule that this
// project began from, with every fail-safe) and `classic` (the behaviour that this project
// replaces, kept so that its harm can be shown).
//
// The table feeds command line, scenarios, journal and help (policy_fields.h): a new tunable is a
// member, a row, and whoever uses it. Defaults stand here and nowhere else.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "engine/base/bounds.h"
#include "engine/capacity/node_caps.h"
#include "engine/capacity/rules.h"

namespace vfstock::plan {

enum class Ipv4Zero { one, none };
/// Whether a hypervisor in maintenance is counted. Groups do not tell; it costs a further question.
enum class Maintenance { ignore, exclude };
enum class Forget { all_groups, default_group, none };
enum class AcceptWhen { all_provisioned, first_provisioned };
enum class BrakeRelease { second_look, forced };
/// Whether a VPS counts as its package, or as the largest that the product's options allow.
enum class OptionOverrides { package, largest };

using vfstock::Bounds;

struct Policy {
  // Counting.
  capacity::StorageMatch storage_match = capacity::StorageMatch::storage_type;
  capacity::Ipv4Cap ipv4_cap = capacity::Ipv4Cap::exact;
  capacity::ServerSlots server_slots = capacity::ServerSlots::enforce;
  capacity::SharedStorage shared_storage = capacity::SharedStorage::by_name;
  capacity::NodeCaps node_caps;
  Maintenance maintenance = Maintenance::ignore;
  Ipv4Zero ipv4_zero = Ipv4Zero::one;
  OptionOverrides option_overrides = OptionOverrides::package;
  std::optional<std::int64_t> qty_ceiling;  // places; also what an unbounded product is set to
  std::string location_option = "Location";

  // Believing the panel.
  bool confirm_missing = true;
  std::chrono::seconds probe_interval{60};
  bool first_page_only = false;  // classic: what lies beyond the first 20 hypervisors is not seen
  bool believe_status = false;   // classic: any 404 is gone, a 200 without a record is empty

  // Time.
  std::chrono::seconds package_ttl{600};
  std::chrono::seconds group_ttl{120};
  std::chrono::seconds missing_ttl{60};
  std::chrono::seconds block_ttl{600};
  std::chrono::seconds event_window{30};
  std::chrono::seconds cron_window{7200};
  std::chrono::seconds cart_window{60};
  Forget forget = Forget::all_groups;
  bool trailing_refresh = true;
  std::chrono::seconds delete_grace{300};
  bool retry_unavailable = true;
  bool reserve_pending = false;
  std::chrono::seconds retry_first{60};
  std::chrono::seconds retry_longest{15 * 60};
  std::chrono::seconds first_sweep_after{60};  // without state
  std::int64_t brake_percent = 50;             // 0: no brake
  std::int64_t brake_from = 5;                 // qty; a product that held less may fall
  BrakeRelease brake_release = BrakeRelease::second_look;
  std::chrono::seconds brake_second_look{10 * 60};
  AcceptWhen accept_when = AcceptWhen::all_provisioned;

  Bounds bounds;
};

/// The member of a policy that a row of the table is about.
using PolicyMember =
    std::variant<bool& (*)(Policy&), int& (*)(Policy&), std::int64_t& (*)(Policy&),
                 std::optional<std::int64_t>& (*)(Policy&), std::string& (*)(Policy&),
                 std::chrono::seconds& (*)(Policy&), std::chrono::milliseconds& (*)(Policy&),
                 capacity::StorageMatch& (*)(Policy&), capacity::Ipv4Cap& (*)(Policy&),
                 capacity::ServerSlots& (*)(Policy&), capacity::SharedStorage& (*)(Policy&),
                 capacity::NodeCaps& (*)(Policy&), Maintenance& (*)(Policy&),
                 Ipv4Zero& (*)(Policy&), Forget& (*)(Policy&), AcceptWhen& (*)(Policy&),
                 BrakeRelease& (*)(Policy&), OptionOverrides& (*)(Policy&)>;

/// Where a field matters.
enum class PolicyUse {
  counting,  // wherever something is counted
  sweep,     // where there is a shop to sweep, too
  panel,     // where requests are sent
  time,      // only where the engine runs on
  fixed,     // the same for everybody: the checker of scenarios knows these by heart
};

struct PolicyField {
  std::string_view name;  // "storage_match" in documents, --storage-match on the command line
  PolicyMember member;
  PolicyUse use;
  std::int64_t least = 0, most = 0;  // of numbers, and of times in milliseconds
  std::string_view help;
  /// As people write it; empty: as the default preset.
  std::string_view strict = {}, seed = {}, classic = {};
};

namespace fields {

template <auto member>
constexpr auto& policy(Policy& of) {
  return of.*member;
}
template <auto member>
constexpr auto& bound(Policy& of) {
  return of.bounds.*member;
}

inline constexpr std::int64_t second = 1000, hour = 3600 * second, ten_years = 3650 * 24 * hour;
inline constexpr std::int64_t gib = std::int64_t{1} << 30;

}  // namespace fields

inline constexpr std::array policy_fields{
    PolicyField{.name = "storage_match",
                .member = &fields::policy<&Policy::storage_match>,
                .use = PolicyUse::counting,
                .help = "what a package's storage profile names",
                .classic = "pool-id"},
    PolicyField{.name = "ipv4_cap",
                .member = &fields::policy<&Policy::ipv4_cap>,
                .use = PolicyUse::counting,
                .help = "how free addresses are counted",
                .strict = "nested",
                .seed = "group-max",
                .classic = "group-max"},
    PolicyField{.name = "server_slots",
                .member = &fields::policy<&Policy::server_slots>,
                .use = PolicyUse::counting,
                .help = "whether a hypervisor's limit of servers counts",
                .seed = "ignore",
                .classic = "ignore"},
    PolicyField{.name = "shared_storage",
                .member = &fields::policy<&Policy::shared_storage>,
                .use = PolicyUse::counting,
                .help = "whether datastores of one name in a group are one pool",
                .seed = "none",
                .classic = "none"},
    PolicyField{.name = "node_caps",
                .member = &fields::policy<&Policy::node_caps>,
                .use = PolicyUse::counting,
                .help = "servers at most on single hypervisors, such as by a licence"},
    PolicyField{.name = "maintenance",
                .member = &fields::policy<&Policy::maintenance>,
                .use = PolicyUse::sweep,
                .help = "whether hypervisors in maintenance are left out"},
    PolicyField{.name = "ipv4_zero",
                .member = &fields::policy<&Policy::ipv4_zero>,
                .use = PolicyUse::counting,
                .help = "what 0 addresses per VPS mean"},
    PolicyField{.name = "option_overrides",
                .member = &fields::policy<&Policy::option_overrides>,
                .use = PolicyUse::sweep,
                .help = "what a VPS counts as where options of the product can make it larger than "
                        "its package",
                .strict = "largest"},
    PolicyField{.name = "qty_ceiling",
                .member = &fields::policy<&Policy::qty_ceiling>,
                .use = PolicyUse::counting,
                .most = 2147483647,
                .help = "the most that is ever set"},
    PolicyField{.name = "location_option",
                .member = &fields::policy<&Policy::location_option>,
                .use = PolicyUse::sweep,
                .help = "the configurable option that names groups"},
    PolicyField{.name = "reserve_pending",
                .member = &fields::policy<&Policy::reserve_pending>,
                .use = PolicyUse::sweep,
                .help = "take off what is ordered and not on the panel",
                .strict = "on"},
    PolicyField{.name = "brake",
                .member = &fields::policy<&Policy::brake_percent>,
                .use = PolicyUse::sweep,
                .most = 100,
                .help = "the share of products in percent that may fall at once",
                .classic = "0"},
    PolicyField{.name = "brake_from",
                .member = &fields::policy<&Policy::brake_from>,
                .use = PolicyUse::sweep,
                .least = 1,
                .most = 2147483647,
                .help = "the qty from which a product's fall counts"},
    PolicyField{.name = "brake_release",
                .member = &fields::policy<&Policy::brake_release>,
                .use = PolicyUse::sweep,
                .help = "who lets through what the brake holds: a second look, or a person alone"},
    PolicyField{.name = "request_deadline",
                .member = &fields::bound<&Bounds::request>,
                .use = PolicyUse::sweep,
                .least = 1,
                .most = fields::hour,
                .help = "how long one request may take"},
    PolicyField{.name = "sweep_deadline",
                .member = &fields::bound<&Bounds::sweep>,
                .use = PolicyUse::sweep,
                .least = 1,
                .most = fields::hour,
                .help = "how long all requests of a sweep may take together"},
    PolicyField{.name = "concurrency",
                .member = &fields::bound<&Bounds::concurrency>,
                .use = PolicyUse::panel,
                .least = 1,
                .most = 64,
                .help = "requests at once"},
    PolicyField{.name = "confirm_missing",
                .member = &fields::policy<&Policy::confirm_missing>,
                .use = PolicyUse::time,
                .help = "a 404 counts only with the panel's word that it is there",
                .classic = "off"},
    PolicyField{.name = "probe_interval",
                .member = &fields::policy<&Policy::probe_interval>,
                .use = PolicyUse::time,
                .most = fields::ten_years,
                .help = "the least time between two such questions"},
    PolicyField{.name = "first_page_only",
                .member = &fields::policy<&Policy::first_page_only>,
                .use = PolicyUse::time,
                .help = "a group ends with its first page",
                .classic = "on"},
    PolicyField{.name = "believe_status",
                .member = &fields::policy<&Policy::believe_status>,
                .use = PolicyUse::time,
                .help = "any 404 is gone, and a 200 without a record is an empty one",
                .classic = "on"},
    PolicyField{.name = "package_ttl",
                .member = &fields::policy<&Policy::package_ttl>,
                .use = PolicyUse::time,
                .most = fields::ten_years,
                .help = "how long a package is remembered"},
    PolicyField{.name = "group_ttl",
                .member = &fields::policy<&Policy::group_ttl>,
                .use = PolicyUse::time,
                .most = fields::ten_years,
                .help = "how long a group is remembered"},
    PolicyField{.name = "missing_ttl",
                .member = &fields::policy<&Policy::missing_ttl>,
                .use = PolicyUse::time,
                .most = fields::ten_years,
                .help = "how long it is remembered that a record is gone"},
    PolicyField{.name = "block_ttl",
                .member = &fields::policy<&Policy::block_ttl>,
                .use = PolicyUse::time,
                .most = 600 * fields::second,
                .help = "how long the panel's address blocks are remembered"},
    PolicyField{.name = "event_window",
                .member = &fields::policy<&Policy::event_window>,
                .use = PolicyUse::time,
                .most = fields::ten_years,
                .help = "the least time between two sweeps for events"},
    PolicyField{.name = "cron_window",
                .member = &fields::policy<&Policy::cron_window>,
                .use = PolicyUse::time,
                .most = fields::ten_years,
                .help = "the least time between two sweeps for the cron job"},
    PolicyField{.name = "cart_window",
                .member = &fields::policy<&Policy::cart_window>,
                .use = PolicyUse::time,
                .most = fields::ten_years,
                .help = "the least time between two cart views of a product that count"},
    PolicyField{.name = "forget",
                .member = &fields::policy<&Policy::forget>,
                .use = PolicyUse::time,
                .help = "which groups an event makes the engine ask about anew",
                .classic = "default-group"},
    PolicyField{.name = "trailing_refresh",
                .member = &fields::policy<&Policy::trailing_refresh>,
                .use = PolicyUse::time,
                .help = "one more sweep at the end of a window in which events came",
                .classic = "off"},
    PolicyField{.name = "delete_grace",
                .member = &fields::policy<&Policy::delete_grace>,
                .use = PolicyUse::time,
                .most = fields::ten_years,
                .help = "how long after a deletion its room is free",
                .classic = "0s"},
    PolicyField{.name = "retry_unavailable",
                .member = &fields::policy<&Policy::retry_unavailable>,
                .use = PolicyUse::time,
                .help = "try again what could not be looked up",
                .classic = "off"},
    PolicyField{.name = "accept_when",
                .member = &fields::policy<&Policy::accept_when>,
                .use = PolicyUse::time,
                .help = "when an order of several services is accepted",
                .classic = "first-provisioned"},
    PolicyField{.name = "retry_first",
                .member = &fields::policy<&Policy::retry_first>,
                .use = PolicyUse::fixed,
                .least = fields::second,
                .most = fields::ten_years,
                .help = "how long after an outage the first other try comes"},
    PolicyField{.name = "retry_longest",
                .member = &fields::policy<&Policy::retry_longest>,
                .use = PolicyUse::fixed,
                .least = fields::second,
                .most = fields::ten_years,
                .help = "the longest wait between two tries"},
    PolicyField{.name = "first_sweep_after",
                .member = &fields::policy<&Policy::first_sweep_after>,
                .use = PolicyUse::fixed,
                .most = fields::ten_years,
                .help = "when an engine without state sweeps first"},
    PolicyField{.name = "brake_second_look",
                .member = &fields::policy<&Policy::brake_second_look>,
                .use = PolicyUse::fixed,
                .most = fields::ten_years,
                .help = "how much later a second look may release the brake"},
    PolicyField{.name = "connect_deadline",
                .member = &fields::bound<&Bounds::connect>,
                .use = PolicyUse::fixed,
                .least = 1,
                .most = fields::hour,
                .help = "how long a connection may take"},
    PolicyField{.name = "first_line_bytes",
                .member = &fields::bound<&Bounds::first_line_bytes>,
                .use = PolicyUse::fixed,
                .least = 1,
                .most = fields::gib,
                .help = "the longest status line"},
    PolicyField{.name = "head_bytes",
                .member = &fields::bound<&Bounds::head_bytes>,
                .use = PolicyUse::fixed,
                .least = 1,
                .most = fields::gib,
                .help = "the largest head"},
    PolicyField{.name = "body_bytes",
                .member = &fields::bound<&Bounds::body_bytes>,
                .use = PolicyUse::fixed,
                .least = 1,
                .most = fields::gib,
                .help = "the largest body, decompressed"},
    PolicyField{.name = "nesting",
                .member = &fields::bound<&Bounds::nesting>,
                .use = PolicyUse::fixed,
                .least = 1,
                .most = 1000,
                .help = "the deepest JSON"},
    PolicyField{.name = "pages",
                .member = &fields::bound<&Bounds::pages>,
                .use = PolicyUse::fixed,
                .least = 1,
                .most = 1'000'000,
                .help = "the most pages of a group"},
    PolicyField{.name = "retry_after_max",
                .member = &fields::bound<&Bounds::retry_after_max>,
                .use = PolicyUse::fixed,
                .most = fields::ten_years,
                .help = "the longest Retry-After that is heeded"},
};

inline constexpr std::array<std::string_view, 4> presets{"default", "strict", "seed", "classic"};
/// nullopt for a name that is none of these.
std::optional<Policy> preset(std::string_view name);

}  // namespace vfstock::plan
