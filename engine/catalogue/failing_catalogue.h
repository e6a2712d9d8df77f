// A Catalogue around a Catalogue whose store can be told to fail: the fault model of shops.
//
// Faults: a read fails; a write fails and the row is untouched (locked, deadlock, read-only, disk
// full, connection lost before); a write fails although the row was changed (connection lost
// after).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/catalogue/catalogue.h"

namespace vfstock::catalogue {

enum class StoreFault { none, reads, writes, reads_and_writes, writes_done };

class FailingCatalogue final : public Catalogue {
 public:
  explicit FailingCatalogue(Catalogue& inner) : inner_(inner) {}

  /// From now on every call that `fault` names throws StoreError(message).
  void fail(StoreFault fault, std::string message);
  void heal() noexcept { fault_ = StoreFault::none; }
  /// Whether a read, and a write, would be answered.
  bool readable() const noexcept {
    return fault_ != StoreFault::reads && fault_ != StoreFault::reads_and_writes;
  }
  bool writable() const noexcept {
    return fault_ == StoreFault::none || fault_ == StoreFault::reads;
  }

  std::vector<Product> managed_products() override;
  std::optional<Product> product(ProductId id) override;
  std::vector<OptionValue> option_values(ProductId product) override;
  std::vector<std::string> virtfusion_hosts(std::int64_t servergroup) override;
  std::vector<PendingService> pending_services() override;
  Written write(ProductId product, const Set& set, std::int64_t seen_qty) override;

 private:
  void before_read() const;

  Catalogue& inner_;
  StoreFault fault_ = StoreFault::none;
  std::string message_;
};

}  // namespace vfstock::catalogue
