#include "engine/plan/undo.h"

#include <fmt/format.h>

namespace vfstock::plan {

Decision Undo::decide(const WrittenQty& write, const ShopProduct* product) {
  const auto kept = [](std::string why) { return Keep{{Cause::changed_since, std::move(why)}}; };
  if (product == nullptr) return kept("the product was removed or is no longer managed");
  if (write.is_superseded) return kept("a later refresh wrote this product, too");
  if (product->row.qty != write.written) {
    return kept(
        fmt::format("the row no longer holds the {} that the refresh wrote", write.written));
  }
  return SetQty{catalogue::Set(write.before),
                {Cause::undone, fmt::format("held before {} was written", write.written)}};
}

Plan Undo::plan(std::span<const WrittenQty> writes, const Shop& shop, const Policy& policy,
                const Brake& brake, const Request& request) {
  Plan plan{request.scope, {}, {}, brake, {}};
  for (const WrittenQty& write : writes) {
    const ShopProduct* const product = find(shop, write.product);
    PlannedProduct& planned =
        plan.products.emplace_back(PlannedProduct{{}, {}, decide(write, product), false});
    if (product != nullptr) {
      planned.row = product->row;
    } else {
      planned.row.id = write.product;
      planned.row.name = write.name;
    }
  }
  plan.unsettled = unsettled(plan.products);
  ask_brake(plan, shop, policy, request);
  return plan;
}

}  // namespace vfstock::plan
