// A Catalogue around a Catalogue that remembers what was read of each product: the shop's side of
// the evidence.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/catalogue/forwarding_catalogue.h"

namespace vfstock::store {

/// What was last read of one product.
struct SeenProduct {
  catalogue::Product row;
  std::vector<catalogue::OptionValue> options;
};

class ShopLog final : public catalogue::ForwardingCatalogue {
 public:
  using ForwardingCatalogue::ForwardingCatalogue;

  const std::map<catalogue::ProductId, SeenProduct>& products() const noexcept { return products_; }
  /// Server group -> host names.
  const std::map<std::int64_t, std::vector<std::string>>& hosts() const noexcept { return hosts_; }
  void forget();

  /// Nothing is told: what a refresh rests on must be read in it to be evidence.
  catalogue::Changes changes_since(catalogue::Revision) override { return {}; }
  std::vector<catalogue::Product> managed_products() override;
  std::optional<catalogue::Product> product(catalogue::ProductId id) override;
  std::vector<catalogue::OptionValue> option_values(catalogue::ProductId product) override;
  std::vector<std::string> virtfusion_hosts(std::int64_t servergroup) override;

 private:
  std::map<catalogue::ProductId, SeenProduct> products_;
  std::map<std::int64_t, std::vector<std::string>> hosts_;
};

}  // namespace vfstock::store
