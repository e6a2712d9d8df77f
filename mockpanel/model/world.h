// The mock panel's world: packages, hypervisor groups, hypervisors with quotas and storage pools,
// IPv4 blocks bound to hypervisors, servers. In memory, revisioned, and without any notion of HTTP.
//
// Allocation happens when a server is created, before any build, and ends when its delayed deletion
// is carried out. Everything the API reports is derived from this state, and the state can be
// recounted from the servers at any time: allocated = base load + what the servers hold. Not thread
// safe.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mockpanel/model/account.h"

namespace vfstock::mockpanel::model {

/// Virtual time since the world began.
using Time = std::chrono::milliseconds;

/// How fast a disk may be; absent: without limit.
struct DiskLimits {
  std::optional<std::int64_t> read_bytes_sec, write_bytes_sec, read_iops_sec, write_iops_sec;
};

/// A disk of a package besides the primary one.
struct AdditionalDisk {
  bool enabled = false;
  std::int64_t gb = 0;
  std::int64_t storage_profile =
      0;  // shown, but the mock puts all of them on the default mountpoint
};

struct Package {
  std::int64_t id = 0;
  std::string name;
  std::optional<std::string> description;
  bool enabled = true;
  std::int64_t memory_mb = 1024;
  std::int64_t storage_gb = 10;
  std::int64_t traffic_gb = 0;
  std::int64_t cores = 1;
  std::int64_t network_speed_in = 0;  // kB/s, 0 = unlimited
  std::int64_t network_speed_out = 0;
  std::string disk_type = "inherit";
  std::int64_t backup_plan = 0;
  std::optional<std::int64_t> read_bytes_sec, write_bytes_sec, read_iops_sec, write_iops_sec;
  std::int64_t storage_profile = 0;
  std::int64_t network_profile = 0;
  std::array<AdditionalDisk, 2> additional = {};
  std::string created = "2024-03-12T22:41:31.000000Z";

  std::int64_t additional_gb() const noexcept {
    std::int64_t all = 0;
    for (const AdditionalDisk& disk : additional) all += disk.enabled ? disk.gb : 0;
    return all;
  }
};

/// `max` 0 means no quota. `base` is load that no listed server accounts for; `held` is what the
/// listed servers hold. The API's "allocated" is their sum.
struct Quota {
  std::int64_t max = 0;
  std::int64_t base = 0;
  std::int64_t held = 0;
  std::int64_t allocated() const noexcept { return base + held; }
  std::int64_t free() const noexcept { return max - allocated(); }
  /// Whether `need` more fits; a quota of 0 takes anything.
  bool takes(std::int64_t need) const noexcept { return max == 0 || need <= 0 || need <= free(); }
};

struct Pool {
  std::int64_t id = 0;  // 0 for the default mountpoint
  std::string name = "Local (Default mountpoint)";
  bool enabled = true;
  std::optional<std::string> path;
  std::int64_t storage_type = 0;
  bool is_datastore = false;
  Quota gigabytes;
};

struct Hypervisor {
  std::int64_t id = 0;
  std::int64_t group = 0;
  std::string name;
  bool enabled = true;
  bool prohibit = false;
  bool accept = false;
  std::int64_t commissioned = 3;  // 0..3, 3 = ready
  bool maintenance = false;
  std::string ip = "192.0.2.1";
  Quota servers, memory_mb, cores;
  std::optional<Pool> local;
  std::vector<Pool> others;
  /// Ids of the IPv4 blocks bound to this hypervisor, each once, in the order in which they are
  /// tried.
  std::vector<std::int64_t> blocks;
  /// False: the resources answer carries no IPv4 figure, and addresses do not limit.
  bool reports_ipv4 = true;
  std::string created = "2024-03-12T22:37:15+00:00";

  bool placeable() const noexcept { return enabled && commissioned == 3 && !prohibit; }
};

struct Group {
  std::int64_t id = 0;
  std::string name;
  std::optional<std::string> label, description;
  std::int64_t distribution_type = 5;
  bool enabled = true;
  bool is_default = false;
  std::string created = "2024-03-12T22:21:32+00:00";
};

/// Addresses that were added to a block: its ordinals from `ordinal` on are `first`, `first` + 1
/// ...
struct Range {
  std::int64_t ordinal = 0;
  std::uint32_t first = 0;  // 192.0.2.1 is 0xC0000201
  std::int64_t count = 0;
};

struct Block {
  std::int64_t id = 0;
  std::string name;
  bool enabled = true;
  std::int64_t base_free = 0;          // free addresses while no listed server holds any
  std::int64_t held = 0;               // addresses that listed servers hold
  std::int64_t next_ordinal = 0;       // the first address that was never dealt
  std::vector<std::int64_t> returned;  // ordinals dealt once and free again
  std::vector<Range> ranges = {};      // by ascending ordinal; what lies below them has no digits
  std::int64_t free() const noexcept { return base_free - held; }
};

struct Address {
  std::int64_t block = 0;
  std::int64_t ordinal = 0;  // the n-th address of its block
  friend bool operator==(const Address&, const Address&) = default;
};

struct Server {
  std::int64_t id = 0;
  std::int64_t package = 0;
  std::int64_t owner = 1;
  std::int64_t hypervisor = 0;
  std::int64_t memory_mb = 0, cores = 0, storage_gb = 0, additional_gb = 0, traffic_gb = 0;
  std::int64_t storage_profile = 0;
  std::int64_t pool = 0;  // the pool that holds its disks, 0 = default mountpoint
  std::vector<Address> addresses;
  std::string uuid;
  std::string created = "2024-03-12T22:41:31+00:00";
  std::optional<Time> delete_at;                             // set while a deletion waits
  bool built = false;                                        // runs; otherwise only allocated
  std::int64_t network_speed_in = 0, network_speed_out = 0;  // kB/s, 0 = unlimited
  std::string name;        // given at the build; empty: the panel makes one up
  bool suspended = false;  // keeps all that it holds
  std::optional<std::string> hostname;
  std::int64_t os_template = 0;  // 0: never built
  std::string built_at;          // of the latest build; empty: when it was created
  bool ipv6 = false;
  bool vnc = false;
  std::int64_t cpu_throttle = 0;  // percent
  std::int64_t backup_plan = 0;   // 0: none
  DiskLimits limits = {};
  std::vector<std::int64_t> ssh_keys = {};
};

/// An action that the panel carries out behind the answer. The mock has no machines, so it is done
/// at once.
struct QueueEntry {
  std::int64_t id = 0;
  std::int64_t server = 0;
  std::int64_t hypervisor = 0;
  std::string action;
  std::string finished;
};

/// What a change asks for; absent stays as it is.
struct Resize {
  std::optional<std::int64_t> memory_mb, cores, storage_gb;
};

/// What a change of package can carry over to a server.
enum class PackagePart {
  memory,
  cores,
  disk,
  traffic,
  speed_in,
  speed_out,
  read_iops,
  write_iops,
  read_bytes,
  write_bytes,
  backup_plan,
};
std::set<PackagePart> all_package_parts();

/// What became of a change of package: why not, or which of the wanted parts were as the package
/// says already (a disk also where it is larger, because disks never shrink).
struct PackageChange {
  std::string refusal;
  std::set<PackagePart> unchanged;
};

/// How a group's hypervisor is chosen among those that take the server; ties go to the lower id.
/// The panel's own policies are undocumented, so tests choose.
///  first_fit       the lowest id
///  most_free       the most free memory, no quota counting as the most
///  fewest_servers  the fewest allocated server slots
enum class Placement { first_fit, most_free, fewest_servers };

struct CreateRequest {
  std::int64_t package = 0, group = 0, owner = 1;
  std::optional<std::int64_t> ipv4, storage_gb, memory_mb, cores, traffic_gb, storage_profile;
  std::optional<std::int64_t> network_speed_in, network_speed_out;
  std::int64_t additional_gb = 0;  // further disks, on the default mountpoint
};

/// Either a server (with id 0 on a dry run) or the reason why not, in the panel's manner.
struct CreateResult {
  std::optional<Server> server;
  std::string refusal;
};

class World {
 public:
  std::map<std::int64_t, Package> packages;
  std::map<std::int64_t, Group> groups;
  std::map<std::int64_t, Hypervisor> hypervisors;
  std::map<std::int64_t, Block> blocks;
  std::map<std::int64_t, Server> servers;
  /// User 1, the administrator, is there from the beginning.
  std::map<std::int64_t, User> users{{1, first_user()}};
  std::map<std::int64_t, SshKey> ssh_keys;
  std::map<std::int64_t, Grant> grants;
  std::map<std::int64_t, QueueEntry> queue;
  Placement placement = Placement::first_fit;
  std::chrono::minutes default_delete_delay{5};  // used where a deletion names no delay
  std::int64_t results_max = 200;  // records on a page at most, whatever a client asks for

  /// Counts up with every change that any route can show. Callers that edit the maps call touch().
  std::uint64_t revision() const noexcept { return revision_; }
  void touch() noexcept { ++revision_; }

  /// Allocates at once unless `dry_run`. `wall` is written into the record. What the request states
  /// wins over the package. A hypervisor that does not report IPv4 deals no addresses.
  CreateResult create(const CreateRequest& request, bool dry_run, const std::string& wall);
  /// Moves a server to another package on its own hypervisor and gives it those parts of the
  /// package that are wanted; its disk never shrinks. Where it is refused nothing has changed. Both
  /// must exist (std::out_of_range).
  PackageChange change_package(std::int64_t server, std::int64_t package,
                               const std::set<PackagePart>& wanted);
  /// The same with all parts. Empty when done, else why not.
  std::string change_package(std::int64_t server, std::int64_t package);
  /// Gives a server other resources on its own hypervisor. Empty when done, else why not; then
  /// nothing has changed. It must exist (std::out_of_range).
  std::string resize(std::int64_t server, const Resize& wanted);
  /// So many further addresses from the enabled blocks bound to the server's hypervisor, in the
  /// order in which they are tried; none at all when there are not enough. The server must exist
  /// (std::out_of_range).
  std::vector<Address> add_addresses(std::int64_t server, std::int64_t quantity);
  /// Gives a server exactly these addresses. Empty when done, else why not; then nothing has
  /// changed. The server must exist (std::out_of_range).
  std::string take_addresses(std::int64_t server, const std::vector<Address>& wanted);
  /// Takes them back into their blocks. The same.
  std::string return_addresses(std::int64_t server, const std::vector<Address>& unwanted);
  /// Adds `count` addresses from `first` on to a block that exists (std::out_of_range).
  void grow(std::int64_t block, std::uint32_t first, std::int64_t count);
  /// Keeps the newest thousand.
  const QueueEntry& enqueue(std::int64_t server, std::string action, const std::string& wall);
  /// Schedules the deletion; false when there is no such server. A delay of 0 deletes at once. Of
  /// several deletions of one server the earliest stands. Until then it keeps all that it holds.
  bool remove(std::int64_t server, std::chrono::minutes delay, Time now);
  /// Carries out every deletion that is due.
  void advance(Time now);

  /// The hypervisors of a group by ascending id.
  std::vector<const Hypervisor*> members(std::int64_t group) const;
  /// Free addresses in the enabled blocks bound to this hypervisor, never negative.
  std::int64_t ipv4_free(const Hypervisor& hypervisor) const;
  /// The pool that would hold a disk of this profile and size on this hypervisor, null when none.
  /// Profile p > 0: the default mountpoint or another pool whose storage type is p, enabled, with
  /// room, the roomiest first; p <= 0: the default mountpoint. The room of a shared datastore is
  /// what all its hypervisors leave (datastore.h).
  const Pool* pool_for(const Hypervisor& hypervisor, std::int64_t profile, std::int64_t gb) const;

  /// Puts back a record that was taken out of the maps or removed, unless another has its id. A
  /// hypervisor then holds what its servers hold; a server has its addresses as far as they are
  /// free.
  void restore(Hypervisor hypervisor);
  void restore(Server server);

  /// Registers a server that already runs: counts it into `held` without any check. Used by readers
  /// of fleet files, whose `allocated` figures include the listed servers. Its addresses get
  /// ordinals of their blocks that nobody holds; a hypervisor, pool or block that does not exist
  /// holds nothing; an owner that does not exist is made up. A server of the same id must not be
  /// there yet.
  void adopt(Server server);

 private:
  void count(const Server& server, std::int64_t sign);
  void deal_addresses(Server& server, std::int64_t wanted);
  Address deal(std::int64_t block);
  void take_back(const Address& address);
  void make_up_owner(std::int64_t id);
  void erase(std::int64_t server);

  std::uint64_t revision_ = 1;
  std::int64_t next_server_ = 1;
  std::set<std::pair<Time, std::int64_t>> deletions_;  // when, which server
};

}  // namespace vfstock::mockpanel::model
