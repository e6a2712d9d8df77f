// A Catalogue around a Catalogue whose store can be told to fail: the fault model of shops.
//
// Faults: a read fails; a write fails and the row is untouched (locked, deadlock, read-only, disk
// full, connection lost before); a write fails although the row was changed (connection lost
// after); another writer changes or deletes the row between the engine's read and its write.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/catalogue/catalogue.h"

namespace vfstock::sim::shop {

enum class StoreFault { none, reads, writes, reads_and_writes, writes_done, row_changed, row_gone };

class FailingCatalogue final : public catalogue::Catalogue {
 public:
  /// `tells_changes` false: as a database that others write, which cannot tell what they did.
  explicit FailingCatalogue(catalogue::Catalogue& inner, bool tells_changes = true)
      : inner_(inner), tells_changes_(tells_changes) {}

  /// From now on every call that `fault` names throws StoreError(message).
  void fail(StoreFault fault, std::string message);
  void heal() noexcept { fault_ = StoreFault::none; }
  /// How many calls the faults have spoiled so far.
  std::int64_t struck() const noexcept { return struck_; }
  /// Whether a read, and a write, would be answered.
  bool readable() const noexcept {
    return fault_ != StoreFault::reads && fault_ != StoreFault::reads_and_writes;
  }
  bool writable() const noexcept {
    return fault_ != StoreFault::writes && fault_ != StoreFault::reads_and_writes &&
           fault_ != StoreFault::writes_done;
  }
  /// What another writer does to a row just before the engine's write, where the fault is
  /// row_changed (`gone` false) or row_gone.
  void on_interference(std::function<void(catalogue::ProductId, bool gone)> interfere) {
    interfere_ = std::move(interfere);
  }

  catalogue::Changes changes_since(catalogue::Revision seen) override;
  std::vector<catalogue::Product> managed_products() override;
  std::optional<catalogue::Product> product(catalogue::ProductId id) override;
  std::vector<catalogue::OptionValue> option_values(catalogue::ProductId product) override;
  std::vector<std::string> virtfusion_hosts(std::int64_t servergroup) override;
  std::vector<catalogue::PendingService> pending_services() override;
  catalogue::Written write(catalogue::ProductId product, const catalogue::Set& set,
                           std::int64_t seen_qty) override;

 private:
  void before_read();
  [[noreturn]] void strike();

  catalogue::Catalogue& inner_;
  bool tells_changes_;
  StoreFault fault_ = StoreFault::none;
  std::string message_;
  std::int64_t struck_ = 0;
  std::function<void(catalogue::ProductId, bool)> interfere_;
};

}  // namespace vfstock::sim::shop
