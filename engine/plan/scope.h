// Which products a refresh is about: all of the shop's, or those of a list. An empty list is
// nothing, never everything.
//
//   keeper.recalculate(Scope::all());
//   keeper.recalculate(Scope::of({ProductId{7}}));
#pragma once

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/catalogue/product.h"

namespace vfstock::plan {

class Scope {
 public:
  static Scope all() { return Scope(std::nullopt); }
  static Scope of(std::vector<catalogue::ProductId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return Scope(std::move(ids));
  }

  /// Whether a refresh of this scope is a sweep.
  bool is_all() const noexcept { return !ids_; }
  bool contains(catalogue::ProductId id) const noexcept {
    return is_all() || std::binary_search(ids_->begin(), ids_->end(), id);
  }
  /// By ascending id. Null: all products.
  const std::vector<catalogue::ProductId>* ids() const noexcept { return ids_ ? &*ids_ : nullptr; }

  friend bool operator==(const Scope&, const Scope&) = default;

 private:
  explicit Scope(std::optional<std::vector<catalogue::ProductId>> ids) : ids_(std::move(ids)) {}

  std::optional<std::vector<catalogue::ProductId>> ids_;  // nullopt: all
};

}  // namespace vfstock::plan
