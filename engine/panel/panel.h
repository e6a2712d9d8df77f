// The port that decisions read: batches of lookups about packages and hypervisor groups.
//
// HttpPanel (http_panel.h) answers from a Transport. ConfirmingPanel (confirming_panel.h) is a
// Panel around a Panel and turns an unvouched 404 into Unavailable. A forecast answers from its
// model without any JSON and wears the same decorators.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <boost/container/flat_map.hpp>

#include "engine/base/clock.h"
#include "engine/base/digest.h"
#include "engine/capacity/address_blocks.h"
#include "engine/capacity/columns.h"
#include "engine/capacity/rules.h"
#include "engine/panel/lookup.h"
#include "engine/panel/transport.h"

namespace vfstock::panel {

struct PackageId {
  std::int64_t value = 0;
  friend auto operator<=>(PackageId, PackageId) = default;
};

struct GroupId {
  std::int64_t value = 0;
  friend auto operator<=>(GroupId, GroupId) = default;
};

/// What one VPS of a package costs. Units as in capacity::Footprint.
struct Package {
  PackageId id;
  std::string name;
  bool enabled = false;
  std::int64_t memory_mb = 0;
  std::int64_t cores = 0;
  std::int64_t storage_gb = 0;
  std::int64_t storage_profile = 0;
  capacity::FurtherDisks further_disks = {};
  friend bool operator==(const Package&, const Package&) = default;
};

/// The panel's address blocks as they were read together; what was read later has the greater
/// revision.
struct KnownBlocks {
  std::uint64_t revision = 0;
  capacity::AddressBlocks blocks;
};

/// A group's hypervisors. Two answers of one panel about one group with the same revision hold the
/// same hypervisors, so that work which depends on nothing else can be skipped.
struct GroupResources {
  std::uint64_t revision = 0;
  std::shared_ptr<const capacity::HypervisorColumns> hypervisors;
  std::shared_ptr<const KnownBlocks> blocks = nullptr;  // null: not asked for, or not told
};

/// One exchange with the panel as evidence for a decision. `digest` is that of the body.
struct Exchange {
  std::string target;
  Ending ending = Ending::not_sent;
  int status = 0;
  std::size_t body_bytes = 0;
  Digest digest{};
};

template <class T>
struct Told {
  Lookup<T> lookup;
  std::vector<Exchange> evidence;
};

/// What to look up. Duplicates are allowed and asked once.
struct Questions {
  std::vector<PackageId> packages;
  std::vector<GroupId> groups;
  /// Each record by itself and over a connection of its own: to hear once more what was heard.
  bool afresh = false;
};

/// A batch is made, read and thrown away, mostly in the order of its ids: one block of memory,
/// where a tree would cost an allocation for every answer. Adding an entry invalidates iterators.
template <class Id, class T>
using ById = boost::container::flat_map<Id, T>;

/// Exactly one entry for every id asked.
struct Answers {
  ById<PackageId, Told<Package>> packages;
  ById<GroupId, Told<GroupResources>> groups;
};

/// The panel's `GET /connect`: does it answer as a panel does?
struct Connected {};

class Panel {
 public:
  virtual ~Panel() = default;
  /// `budget` bounds the whole batch; what does not fit is Unavailable(deadline).
  virtual Answers ask(const Questions& questions, Milliseconds budget) = 0;
  virtual Told<Connected> connect(Milliseconds budget) = 0;
};

}  // namespace vfstock::panel
