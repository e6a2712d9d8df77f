#include "engine/catalogue/failing_catalogue.h"

#include <utility>

namespace vfstock::catalogue {

void FailingCatalogue::fail(StoreFault fault, std::string message) {
  fault_ = fault;
  message_ = std::move(message);
}

void FailingCatalogue::before_read() const {
  if (fault_ == StoreFault::reads || fault_ == StoreFault::reads_and_writes) {
    throw StoreError(message_);
  }
}

Changes FailingCatalogue::changes_since(Revision seen) {
  before_read();
  return tells_changes_ ? inner_.changes_since(seen) : Changes{};
}

std::vector<Product> FailingCatalogue::managed_products() {
  before_read();
  return inner_.managed_products();
}

std::optional<Product> FailingCatalogue::product(ProductId id) {
  before_read();
  return inner_.product(id);
}

std::vector<OptionValue> FailingCatalogue::option_values(ProductId product) {
  before_read();
  return inner_.option_values(product);
}

std::vector<std::string> FailingCatalogue::virtfusion_hosts(std::int64_t servergroup) {
  before_read();
  return inner_.virtfusion_hosts(servergroup);
}

std::vector<PendingService> FailingCatalogue::pending_services() {
  before_read();
  return inner_.pending_services();
}

Written FailingCatalogue::write(ProductId product, const Set& set, std::int64_t seen_qty) {
  if (fault_ == StoreFault::writes || fault_ == StoreFault::reads_and_writes) {
    throw StoreError(message_);
  }
  const bool gone = fault_ == StoreFault::row_gone;
  if ((gone || fault_ == StoreFault::row_changed) && interfere_) interfere_(product, gone);
  const Written written = inner_.write(product, set, seen_qty);
  if (fault_ == StoreFault::writes_done) throw StoreError(message_);
  return written;
}

}  // namespace vfstock::catalogue
