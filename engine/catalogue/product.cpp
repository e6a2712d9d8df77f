#include "engine/catalogue/product.h"

namespace vfstock::catalogue {

bool is_managed(const Product& product) noexcept {
  return product.servertype == "VirtFusionDirect" && product.stockcontrol == 1;
}

}  // namespace vfstock::catalogue
