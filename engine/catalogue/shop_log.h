// A Catalogue around a Catalogue that remembers what was read of each product: the shop's side of
// the evidence.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/catalogue/forwarding_catalogue.h"

namespace vfstock::catalogue {

/// What was last read of one product.
struct SeenProduct {
  Product row;
  std::vector<OptionValue> options;
};

class ShopLog final : public ForwardingCatalogue {
 public:
  using ForwardingCatalogue::ForwardingCatalogue;

  const std::map<ProductId, SeenProduct>& products() const noexcept { return products_; }
  /// Server group -> host names.
  const std::map<std::int64_t, std::vector<std::string>>& hosts() const noexcept { return hosts_; }
  /// As they were last read; nothing where nobody asked. Their products are in products().
  const std::vector<PendingService>& pending() const noexcept { return pending_; }
  void forget();

  std::vector<Product> managed_products() override;
  std::optional<Product> product(ProductId id) override;
  std::vector<OptionValue> option_values(ProductId product) override;
  std::vector<std::string> virtfusion_hosts(std::int64_t servergroup) override;
  std::vector<PendingService> pending_services() override;

 private:
  std::map<ProductId, SeenProduct> products_;
  std::map<std::int64_t, std::vector<std::string>> hosts_;
  std::vector<PendingService> pending_;
};

}  // namespace vfstock::catalogue
