// One number for each of a group's hypervisors or pools, side by side.
//
// Eigen computes with columns in a few files of this room (column_array.h); everybody else only
// passes them on and is spared a header that is larger than the rest together.
#pragma once

#include <cstddef>
#include <vector>

namespace vfstock::capacity {

using Column = std::vector<double>;
/// Where an entry stands in a column.
using Place = std::size_t;

/// Adds the places at which two columns of one size differ, ascending.
void add_different(const Column& one, const Column& other, std::vector<Place>& places);

}  // namespace vfstock::capacity
