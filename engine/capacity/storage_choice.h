// Which storage pools a package's storage profile names.
//
// The profile is a storage type code on live panels; earlier integrations read it as a pool id. A
// profile of 0 or less names no type, so the panel puts the disk on the default mountpoint. Whether
// a pool is enabled is for the caller to ask. Pure.
#pragma once

#include <cstdint>

#include "engine/capacity/rules.h"

namespace vfstock::capacity {

/// Whether `profile` names a pool with this id and storage type.
constexpr bool names_pool(StorageMatch match, std::int64_t profile, bool default_mountpoint,
                          std::int64_t id, std::int64_t storage_type) noexcept {
  if (profile <= 0) return default_mountpoint;
  switch (match) {
    case StorageMatch::storage_type:
      return storage_type == profile;
    case StorageMatch::storage_type_other:
      return !default_mountpoint && storage_type == profile;
    case StorageMatch::pool_id:
      return !default_mountpoint && id == profile;
  }
  return false;
}

}  // namespace vfstock::capacity
