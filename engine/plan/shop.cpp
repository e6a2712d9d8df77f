#include "engine/plan/shop.h"

#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include "engine/base/contract.h"
#include "engine/catalogue/text.h"

namespace vfstock::plan {
namespace {

template <class Read>
Terms terms_or_refusal(Read read) {
  try {
    return read();
  } catch (const std::exception& error) {
    return refused(
        {Cause::surprise, fmt::format("reading the product's options failed: {}", error.what())});
  }
}

}  // namespace

Terms terms_of(const ShopProduct& product, const Shop& shop, const Policy& policy) {
  if (product.unread) return refused(*product.unread);
  return terms_or_refusal([&] {
    VFSTOCK_REQUIRE(product.surroundings.has_value());
    return terms_of(product.row, *product.surroundings, policy, shop.panel_host);
  });
}

Terms terms_of(const PendingOrder& order, const Shop& shop, const Policy& policy) {
  Terms terms = order.unread ? refused(*order.unread) : terms_or_refusal([&] {
    return terms_of(order.service.product, order.surroundings, policy, shop.panel_host);
  });
  const std::int64_t chosen = catalogue::leading_integer(order.service.option.value_or(""));
  if (chosen > 0) {
    terms.groups = {panel::GroupId{chosen}};
  } else if (const auto before = terms_before(order, shop, policy); before && !before->refusal) {
    terms.groups = before->groups;
  }
  return terms;
}

std::optional<Terms> terms_before(const PendingOrder& order, const Shop& shop,
                                  const Policy& policy) {
  if (!order.service.upgraded_from) return std::nullopt;
  if (order.unread) return refused(*order.unread);
  return terms_or_refusal([&] {
    return terms_of(order.service.upgraded_from->row, order.upgraded_from, policy, shop.panel_host);
  });
}

const ShopProduct* find(const Shop& shop, catalogue::ProductId product) {
  const auto at = std::lower_bound(
      shop.products.begin(), shop.products.end(), product,
      [](const ShopProduct& one, catalogue::ProductId wanted) { return one.row.id < wanted; });
  return at != shop.products.end() && at->row.id == product ? &*at : nullptr;
}

}  // namespace vfstock::plan
