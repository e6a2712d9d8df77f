// A store that another program holds: what is tried next would wait as long, and in vain.
#pragma once

#include "engine/catalogue/catalogue.h"

namespace vfstock::catalogue {

class StoreBusy : public StoreError {
 public:
  using StoreError::StoreError;
};

}  // namespace vfstock::catalogue
