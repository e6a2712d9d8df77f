// Shared datastores: one physical pool behind the entries of several hypervisors.
//
// A panel lists a datastore (Ceph, for instance) once for each hypervisor, each time with an id and
// an allocation of its own. Entries of one group that are datastores and agree in name and storage
// type are read as one pool: its quota is the smallest that any of them states, what is free of it
// is that quota less what all of them have allocated, and the buffer is held back once. Pure.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/capacity/hypervisor.h"

namespace vfstock::capacity {

/// An entry among the other storage of a row.
struct DatastoreEntry {
  std::size_t row = 0;
  std::size_t pool = 0;
  friend bool operator==(const DatastoreEntry&, const DatastoreEntry&) = default;
};

/// By ascending row. Entries of ineligible rows and disabled ones are among them: what they have
/// allocated is gone.
using Datastore = std::vector<DatastoreEntry>;

/// The datastores that stand in more than one place.
std::vector<Datastore> shared_datastores(std::span<const Hypervisor> rows);

/// An entry of a shared datastore, with the quota of the whole.
struct SharedEntry {
  DatastoreEntry at;
  std::size_t datastore = 0;  // its place among those that were given
  Quota gigabytes;
};

/// The entries of all of them, by ascending row.
std::vector<SharedEntry> entries_of(std::span<const Datastore> datastores,
                                    std::span<const Hypervisor> rows);

/// Of the one pool behind the entries. Entries without a quota do not lift that of the others.
Quota quota_of(const Datastore& datastore, std::span<const Hypervisor> rows);

}  // namespace vfstock::capacity
