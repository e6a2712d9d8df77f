// The shop behind a port: which products there are, where they are sold, and the one write.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/catalogue/product.h"
#include "engine/catalogue/set.h"

namespace vfstock::catalogue {

/// The store could not be read or written. The message is for people and holds no secret.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What became of a write.
enum class Written {
  yes,        // the row now holds the new qty
  row_moved,  // the row is gone, unmanaged or no longer holds the qty that was seen: nothing
              // changed
};

/// What a row of another shop is read with: this shop cannot be asked about it.
struct ElsewhereRead {
  std::string shop;  // for people
  std::vector<OptionValue> options;
  std::vector<std::string> virtfusion_hosts;
};

/// A row, and where it is another shop's, what that one says about it.
struct SoldProduct {
  Product row;
  std::shared_ptr<const ElsewhereRead> elsewhere = nullptr;  // null: of this shop
};

/// A service that was ordered and has no server on the panel yet, or an upgrade that was paid and
/// that the panel has not carried out.
struct PendingService {
  std::int64_t service = 0;
  std::int64_t order = 0;  // 0: none
  std::int64_t qty = 1;    // `tblhosting.qty`: VPSes
  std::chrono::sys_time<std::chrono::milliseconds> ordered{};
  Product product;                    // its row, managed or not
  std::optional<std::string> option;  // value of the location that was chosen; absent: none was
  /// The shop takes it for delivered, so that it waits for a day at most.
  bool active = false;
  std::shared_ptr<const ElsewhereRead> elsewhere = nullptr;  // null: of this shop
  /// What the service runs as until it is upgraded to `product`; absent: it does not run.
  std::optional<SoldProduct> upgraded_from = std::nullopt;
};

/// A moment in the life of a shop's tables, as the shop counts; 0 comes before all of them.
using Revision = std::uint64_t;

/// One row of which something changed.
struct Change {
  ProductId product;
  /// Set when nothing but the qty moved, to this.
  std::optional<std::int64_t> qty;
};

/// What changed since a reader's last look, oldest first.
struct Changes {
  Revision now = 0;
  /// The shop cannot tell what changed: everything must be read.
  bool anything = true;
  std::span<const Change> changes;  // valid until the shop changes again; empty with `anything`
};

class Catalogue {
 public:
  virtual ~Catalogue() = default;
  /// What may have changed of products (their rows, their option values, the servers of their
  /// server group) since `seen`, the engine's own writes included. A reader that has applied it
  /// holds what reading everything would give. A shop that others write without telling knows
  /// nothing. Throws StoreError when rows could not be read now.
  virtual Changes changes_since([[maybe_unused]] Revision seen) { return {}; }
  /// Every managed product, by ascending id. Throws StoreError.
  virtual std::vector<Product> managed_products() = 0;
  /// Any row, managed or not; nullopt when there is none. Throws StoreError.
  virtual std::optional<Product> product(ProductId id) = 0;
  /// The values of the product's configurable options, in the shop's order. Throws StoreError.
  virtual std::vector<OptionValue> option_values(ProductId product) = 0;
  /// Host names, as people wrote them, of the VirtFusion servers on which a product of this WHMCS
  /// server group may be created, sorted. Those of the group that are enabled (all of them where
  /// none is); where the group names none, and for group 0, those of the whole shop by the same
  /// rule. Empty: the shop knows no VirtFusion server. Throws StoreError.
  virtual std::vector<std::string> virtfusion_hosts(std::int64_t servergroup) = 0;
  /// Services of VirtFusion products with `domainstatus` Pending or Active, without a panel server,
  /// and upgrades to such a product that are paid and wait; where the order is not cancelled. By
  /// ascending service. Throws StoreError.
  virtual std::vector<PendingService> pending_services() = 0;
  /// Writes `set` if the row is managed and still holds `seen_qty`. Throws StoreError when it is
  /// not known that the row holds the new value.
  virtual Written write(ProductId product, const Set& set, std::int64_t seen_qty) = 0;
};

}  // namespace vfstock::catalogue
