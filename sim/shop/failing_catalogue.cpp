#include "sim/shop/failing_catalogue.h"

#include <utility>

namespace vfstock::sim::shop {

void FailingCatalogue::fail(StoreFault fault, std::string message) {
  fault_ = fault;
  message_ = std::move(message);
}

void FailingCatalogue::strike() {
  ++struck_;
  throw catalogue::StoreError(message_);
}

void FailingCatalogue::before_read() {
  if (fault_ == StoreFault::reads || fault_ == StoreFault::reads_and_writes) strike();
}

catalogue::Changes FailingCatalogue::changes_since(catalogue::Revision seen) {
  before_read();
  return tells_changes_ ? inner_.changes_since(seen) : catalogue::Changes{};
}

std::vector<catalogue::Product> FailingCatalogue::managed_products() {
  before_read();
  return inner_.managed_products();
}

std::optional<catalogue::Product> FailingCatalogue::product(catalogue::ProductId id) {
  before_read();
  return inner_.product(id);
}

std::vector<catalogue::OptionValue> FailingCatalogue::option_values(catalogue::ProductId product) {
  before_read();
  return inner_.option_values(product);
}

std::vector<std::string> FailingCatalogue::virtfusion_hosts(std::int64_t servergroup) {
  before_read();
  return inner_.virtfusion_hosts(servergroup);
}

std::vector<catalogue::PendingService> FailingCatalogue::pending_services() {
  before_read();
  return inner_.pending_services();
}

catalogue::Written FailingCatalogue::write(catalogue::ProductId product, const catalogue::Set& set,
                                           std::int64_t seen_qty) {
  if (fault_ == StoreFault::writes || fault_ == StoreFault::reads_and_writes) strike();
  const bool gone = fault_ == StoreFault::row_gone;
  if ((gone || fault_ == StoreFault::row_changed) && interfere_) {
    ++struck_;
    interfere_(product, gone);
  }
  const catalogue::Written written = inner_.write(product, set, seen_qty);
  if (fault_ == StoreFault::writes_done) strike();
  return written;
}

}  // namespace vfstock::sim::shop
