// The shop behind a port: which products there are, where they are sold, and the one write.
#pragma once

#include <chrono>
#include <cstdint>
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

/// A service that was ordered and has no server on the panel yet.
struct PendingService {
  std::int64_t service = 0;
  std::int64_t order = 0;  // 0: none
  std::int64_t qty = 1;    // `tblhosting.qty`: VPSes
  std::chrono::sys_time<std::chrono::milliseconds> ordered{};
  Product product;                    // its row, managed or not
  std::optional<std::string> option;  // value of the location that was chosen; absent: none was
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
  /// Names of the VirtFusion servers of a WHMCS server group, by hostname; empty when the group
  /// names none. Throws StoreError.
  virtual std::vector<std::string> virtfusion_hosts(std::int64_t servergroup) = 0;
  /// Services of VirtFusion products with `domainstatus` Pending, without a panel server, whose
  /// order is not cancelled; by ascending id. Throws StoreError.
  virtual std::vector<PendingService> pending_services() = 0;
  /// Writes `set` if the row is managed and still holds `seen_qty`. Throws StoreError when it is
  /// not known that the row holds the new value.
  virtual Written write(ProductId product, const Set& set, std::int64_t seen_qty) = 0;
};

}  // namespace vfstock::catalogue
