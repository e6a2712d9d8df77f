// Body -> Package, page of a group. Strict about everything that a decision needs and blind to the
// rest: a needed field that is missing or mistyped makes the whole answer unreadable, it never
// reads as zero.
//
// Needed of a package: id (the one asked for), enabled, memory, cpuCores, primaryStorage,
// primaryStorageProfile; of an additional disk that is switched on its capacity and profile. Needed
// of every hypervisor: id, enabled, commissioned, prohibit. Needed of
// an eligible one: max and free of memory, of cpuCores and of each storage block present, with the
// block's enabled and storageType; of servers only when asked for. The network figure may be absent
// at any level, on any hypervisor, but one that is there must be a number. A storage block's name
// counts only where it is a datastore, and may be absent.
//
// Numbers may be integers, integral floats or strings of digits, flags may be 0 or 1; panels do all
// of these. Pure functions; nothing thrown but std::bad_alloc.
#pragma once

#include <cstdint>
#include <optional>
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
};

/// Found or Unavailable(not_json, malformed, too_large), never Missing. `asked` absent: any id will
/// do (a package read from a file).
Lookup<Package> decode_package(std::string_view body, std::optional<PackageId> asked,
                               const DecodeRules& rules);
Lookup<GroupPage> decode_group_page(std::string_view body, const DecodeRules& rules);

/// Whether the body is one whole JSON document, whatever it holds: the reason if not.
std::optional<Unavailable> json_fault(std::string_view body, const DecodeRules& rules);

}  // namespace vfstock::panel
