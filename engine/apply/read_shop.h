// Reading what a plan needs of a shop through its port. Whatever cannot be read of one product or
// of the orders is noted there, as the reason for its Keep; nothing here throws for it.
#pragma once

#include <string>

#include "engine/catalogue/catalogue.h"
#include "engine/plan/shop.h"

namespace vfstock::apply {

plan::Why store_failed(const std::string& doing, const std::string& failure);

/// Sets the product's surroundings, or why they are unread.
void read_surroundings(catalogue::Catalogue& catalogue, plan::ShopProduct& product);
/// Sets the shop's pending orders, or why they are unread.
void read_pending(catalogue::Catalogue& catalogue, plan::Shop& shop);

}  // namespace vfstock::apply
