// A column as an Eigen array, for arithmetic over all of its entries. Not for headers.
#pragma once

#include <Eigen/Core>

#include "engine/capacity/column.h"

namespace vfstock::capacity {

/// Refers to the column, which must neither end nor change its size meanwhile.
inline Eigen::Map<const Eigen::ArrayXd> as_array(const Column& column) {
  return {column.data(), static_cast<Eigen::Index>(column.size())};
}
inline Eigen::Map<Eigen::ArrayXd> as_array(Column& column) {
  return {column.data(), static_cast<Eigen::Index>(column.size())};
}

}  // namespace vfstock::capacity
