// A Catalogue around a Catalogue that passes every call on: the base of those that change one
// thing. What has changed is not told: the shop inside does not know what they do.
#pragma once

#include "engine/catalogue/catalogue.h"

namespace vfstock::catalogue {

class ForwardingCatalogue : public Catalogue {
 public:
  /// `inner` must outlive it.
  explicit ForwardingCatalogue(Catalogue& inner) : inner_(inner) {}

  std::vector<Product> managed_products() override { return inner_.managed_products(); }
  std::optional<Product> product(ProductId id) override { return inner_.product(id); }
  std::vector<OptionValue> option_values(ProductId product) override {
    return inner_.option_values(product);
  }
  std::vector<std::string> virtfusion_hosts(std::int64_t servergroup) override {
    return inner_.virtfusion_hosts(servergroup);
  }
  std::vector<PendingService> pending_services() override { return inner_.pending_services(); }
  Written write(ProductId product, const Set& set, std::int64_t seen_qty) override {
    return inner_.write(product, set, seen_qty);
  }

 protected:
  Catalogue& inner() noexcept { return inner_; }

 private:
  Catalogue& inner_;
};

}  // namespace vfstock::catalogue
