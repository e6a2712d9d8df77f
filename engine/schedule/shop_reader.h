// Reads a shop for a refresh: the managed rows, what the products of a scope are read with, and the
// orders on their way.
//
// A shop that can tell what changed (Catalogue::changes_since) is followed: only that is read
// again. Any other shop is read whole each time. Both give the same. Not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "engine/apply/read_shop.h"
#include "engine/catalogue/catalogue.h"
#include "engine/plan/policy.h"
#include "engine/plan/scope.h"
#include "engine/plan/shop.h"

namespace vfstock::schedule {

class ShopReader {
 public:
  /// All but `panel_host` must outlive it.
  ShopReader(catalogue::Catalogue& catalogue, const plan::Policy& policy, std::string panel_host)
      : catalogue_(catalogue), policy_(policy) {
    shop_.panel_host = std::move(panel_host);
  }

  /// The shop as it stands now, for a refresh of this scope. Good until the next call. Throws
  /// StoreError when the rows cannot be read; then the next call reads everything.
  const plan::Shop& read(const plan::Scope& scope);
  /// A managed product as it stands now, where the shop can be followed to it; null where there is
  /// none. nullopt: it must be asked. Throws StoreError.
  std::optional<const plan::ShopProduct*> follow_to(catalogue::ProductId product);
  const std::string& panel_host() const noexcept { return shop_.panel_host; }

 private:
  bool follow();
  void set_qty(std::size_t at, std::int64_t qty);
  /// More than a qty has changed.
  void renewed();
  void read_rows(catalogue::Revision now);
  void read_surroundings(apply::SurroundingsReader& reader, const plan::Scope& scope);
  void read_row(catalogue::ProductId product);
  std::size_t place(catalogue::ProductId product) const;

  catalogue::Catalogue& catalogue_;
  const plan::Policy& policy_;
  plan::Shop shop_;
  std::optional<catalogue::Revision> seen_;  // nullopt: nothing is known
  bool is_whole_ = false;                    // every product's surroundings are read
  std::uint64_t readings_ = 0;
};

}  // namespace vfstock::schedule
