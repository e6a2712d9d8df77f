// Body -> Package, page of a group. Strict about everything that a decision needs and blind to the
// rest: a needed field that is missing or mistyped makes the whole answer unreadable, it never
// reads as zero.
//
// Needed of a package: id (the one asked for), enabled, memory, cpuCores, primaryStorage (each at
// least 1), primaryStorageProfile; of an additional disk that is switched on its capacity and
// profile. Needed of every hypervisor: id, enabled, commissioned (a flag, or 0 to 3 where 3 is
// ready), prohibit. Needed of an eligible one: max and free of memory, of cpuCores and of each
// enabled storage block, with the block's storageType; of servers only when asked for. A quota has
// max >= 0, and free <= max where max > 0; where `allocated` is told, max - allocated counts if it
// is less than free. Storage blocks and the network figure may be absent at any level; absent,
// null,
// [] and {} are the same. A storage block's name counts only where it is a datastore. What belongs
// to something that is not counted (an ineligible hypervisor, a disabled block) is not needed.
//
// Numbers may be integers, integral floats or strings of digits, flags may be 0 or 1; panels do all
// of these. Pure functions; nothing thrown but std::bad_alloc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/bounds.h"
#include "engine/capacity/hypervisor.h"
#include "engine/panel/lookup.h"
#include "engine/panel/panel.h"

namespace vfstock::panel {

struct DecodeRules {
  int nesting = default_bounds.nesting;  // levels of JSON
  bool servers_needed = false;           // `servers` of eligible hypervisors must be there
  bool paging_needed = true;             // false: a page may come without any paging field
  /// As clients do that look at the status alone: a 200 without `data` is a package that is not
  /// enabled, or a group without hypervisors.
  bool believe_status = false;
};

/// What a page says about itself, as said; pages.h judges it.
struct Paging {
  std::int64_t current_page = 0;
  std::int64_t last_page = 0;
  std::int64_t per_page = 0;  // hypervisors
  std::int64_t total = 0;     // hypervisors of the group
  friend bool operator==(const Paging&, const Paging&) = default;
};

struct GroupPage {
  std::optional<Paging> paging;  // nullopt: the body has none of the fields
  std::vector<capacity::Hypervisor> hypervisors;
  std::vector<std::string> urls{};  // its `path` and page links, by which it says what it is about
};

/// Found or Unavailable(not_json, malformed, too_large), never Missing. `asked` absent: any id will
/// do (a package read from a file).
Lookup<Package> decode_package(std::string_view body, std::optional<PackageId> asked,
                               const DecodeRules& rules);
/// The records of a list of packages that can be read; the others are left out.
Lookup<std::vector<Package>> decode_packages(std::string_view body, const DecodeRules& rules);
Lookup<GroupPage> decode_group_page(std::string_view body, const DecodeRules& rules);

/// Whether the body is a list of records, whatever these hold: the reason if not.
std::optional<Unavailable> list_fault(std::string_view body, const DecodeRules& rules);

}  // namespace vfstock::panel
