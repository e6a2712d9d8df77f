// What of a shop a plan is made of, as plain values: the managed rows with what they are read with,
// and the orders that the panel cannot see yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/catalogue/catalogue.h"
#include "engine/plan/decision.h"
#include "engine/plan/terms.h"

namespace vfstock::plan {

struct ShopProduct {
  catalogue::Product row;
  /// nullopt: not read, as nobody asked about this product, or because of `unread`.
  std::optional<Surroundings> surroundings = std::nullopt;
  std::optional<Why> unread = std::nullopt;  // the surroundings could not be read
  /// Two readings of a product with the same version are the same but for `row.qty`. 0: nothing is
  /// known of it.
  std::uint64_t version = 0;
};

/// A service that was ordered and is not on the panel, with what its product is read with.
struct PendingOrder {
  catalogue::PendingService service;
  Surroundings surroundings = {};
  std::optional<Why> unread = std::nullopt;
  Surroundings upgraded_from = {};  // of the product that an upgraded service runs as
};

struct Shop {
  std::vector<ShopProduct> products;  // every managed one, by ascending id
  /// Two readings with the same version hold the same products. Each of the last `moved.size()`
  /// versions differs from the one before it in the qty of one product, whose place is there, the
  /// newest last. 0: nothing is known.
  std::uint64_t version = 0;
  std::vector<std::size_t> moved = {};
  std::vector<PendingOrder> pending = {};  // empty where the policy reserves nothing for them
  std::optional<Why> pending_unread;       // they could not be read
  std::string panel_host;                  // the configured panel's name; empty: not known
};

/// Terms of a product as the shop was read. Whatever fails is a refusal.
Terms terms_of(const ShopProduct& product, const Shop& shop, const Policy& policy);
/// What one VPS of the order is to be, and where it can go. An upgraded one stays where the product
/// that it runs as is sold.
Terms terms_of(const PendingOrder& order, const Shop& shop, const Policy& policy);
/// What an upgraded service runs as; nullopt for an order that is no upgrade.
std::optional<Terms> terms_before(const PendingOrder& order, const Shop& shop,
                                  const Policy& policy);

/// Null: no managed product has this id.
const ShopProduct* find(const Shop& shop, catalogue::ProductId product);

}  // namespace vfstock::plan
