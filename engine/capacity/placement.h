// What can be placed where hypervisors share addresses and storage, for one product: a maximum
// flow.
//
//   source -> address supplies -> hypervisors -> storage pools -> sink
//
// Everything is counted in VPSes of the product's footprint. The minimum cut says what binds.
// Pure arithmetic: exact, saturating, unlimited as a value of its own.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/capacity/count.h"

namespace vfstock::capacity {

/// Free addresses that several hypervisors may draw from.
struct AddressSupply {
  Count serves;
  /// The greater supply of which this one is a part; none: it stands for itself.
  std::optional<std::size_t> part_of;
};

struct PlacementHost {
  Count takes;             // by memory, cores, slots and the roomiest pool
  Count own_storage;       // on pools that nobody else uses
  bool addresses = false;  // they limit it; then it draws from the supplies linked to it
};

/// A host and one of the supplies or shared pools that it can use.
struct PlacementLink {
  std::size_t host = 0;
  std::size_t other = 0;
};

struct PlacementProblem {
  std::vector<AddressSupply> supplies;  // each after the one that it is part of
  std::vector<PlacementHost> hosts;
  std::vector<Count> pools;                  // that hosts share, each once
  std::vector<PlacementLink> address_links;  // by ascending host
  std::vector<PlacementLink> storage_links;  // by ascending host
};

/// `places`, and a minimum cut: the limits that add up to it, of which each would have to grow for
/// more to be placed. Nothing is named where nothing limits.
struct Placement {
  Count places;
  std::vector<std::size_t> supplies;     // all of whose addresses are used
  std::vector<std::size_t> hosts;        // full by what they take
  std::vector<std::size_t> own_storage;  // hosts whose own pools are full
  std::vector<std::size_t> pools;        // shared ones that are full
};

Placement place(const PlacementProblem& problem);

}  // namespace vfstock::capacity
