// Taking back what a refresh wrote: a plan that gives each row the qty it held before, where it
// still holds what that refresh made of it. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "engine/catalogue/product.h"
#include "engine/plan/make_plan.h"

namespace vfstock::plan {

/// A write of the refresh that is taken back.
struct WrittenQty {
  catalogue::ProductId product;
  std::string name;  // the product's, then
  std::int64_t before = 0, written = 0;
  bool is_superseded = false;  // a later refresh wrote this product, too
};

/// Besides the decider the only one that makes a Set: what a row held is no decision.
class Undo {
 public:
  /// `writes` by ascending product; of the shop only its rows count. A row that is gone, not
  /// managed any more, or no longer what the refresh made of it is kept: whatever happened to it
  /// since would be lost. A qty below 0 is given back as 0. The brake is asked like for any sweep.
  static Plan plan(std::span<const WrittenQty> writes, const Shop& shop, const Policy& policy,
                   const Brake& brake, const Request& request);

 private:
  static Decision decide(const WrittenQty& write, const ShopProduct* product);
};

}  // namespace vfstock::plan
