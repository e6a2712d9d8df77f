// The checker's own reading of package and group documents.
//
// Needed fields that are absent or of the wrong type make the whole document worthless; nothing
// reads as zero by accident. Units: memory in MB, storage in GB.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "mockpanel/model/world.h"
#include "sim/invariants/fields.h"

namespace vfstock::sim::invariants {

struct DiskFacts {
  std::int64_t gb = 0, profile = 0;

  bool operator==(const DiskFacts&) const = default;
};

struct PackageFacts {
  bool enabled = false;
  std::int64_t memory_mb = 0, cores = 0, storage_gb = 0, storage_profile = 0;
  std::vector<DiskFacts> additional = {};  // that are switched on

  bool operator==(const PackageFacts&) const = default;
};

struct Quota {
  std::int64_t max = 0, free = 0;  // max 0: no quota, and free means nothing

  bool operator==(const Quota&) const = default;
};

struct Storage {
  std::int64_t id = 0;  // 0 for the default mountpoint and where no rule needs it
  bool enabled = false;
  std::int64_t type = 0;
  Quota gb;
  /// What makes it one pool with others of its group; empty: it is no datastore.
  std::string datastore = {};

  bool operator==(const Storage&) const = default;
};

/// The panel's address blocks as they were read together.
struct BlocksTold {
  struct Block {
    std::int64_t id = 0;
    std::int64_t free = 0;
    std::set<std::int64_t> hypervisors;  // ids
  };
  std::int64_t number = 0;  // the later has the greater one
  std::vector<Block> blocks;
  /// The panel's true state when it listed them; null when unknown.
  std::shared_ptr<const mockpanel::model::World> truth;
};

struct HypervisorFacts {
  std::int64_t id = 0;
  bool eligible = false;  // enabled, commissioned, not prohibited
  // Read for eligible hypervisors only.
  Quota memory_mb, cores;
  std::optional<Quota> servers;
  std::optional<Storage> local;
  std::vector<Storage> others;  // of an ineligible one the datastores that can be read
  /// Read for all hypervisors: a figure anywhere means that addresses are counted here.
  std::optional<std::int64_t> ipv4_free;
  /// What the panel told of its blocks with the group; null: nothing.
  std::shared_ptr<const BlocksTold> blocks;

  bool operator==(const HypervisorFacts&) const = default;
};

struct PageFacts {
  std::int64_t current = 0, last = 0, per_page = 0, total = 0;
  std::vector<HypervisorFacts> hypervisors;
};

/// Which fields the policy needs beyond the usual ones.
struct NeededFields {
  bool servers = false;
  bool pool_ids = false;
};

/// Throws Malformed. Doubts are left in `fields`.
PackageFacts read_package(const nlohmann::json& document, std::int64_t id, Fields& fields);
PageFacts read_page(const nlohmann::json& document, std::int64_t group, NeededFields needed,
                    Fields& fields);
/// The records of GET /packages by id. One that cannot be read, or is there twice, is as one that
/// is not there: who needs it asks for it by itself.
std::map<std::int64_t, PackageFacts> read_packages(const nlohmann::json& document);

}  // namespace vfstock::sim::invariants
