// Reading what a plan needs of a shop through its port. Whatever cannot be read of one product or
// of the orders is noted there, as the reason for its Keep; nothing here throws for it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/catalogue/catalogue.h"
#include "engine/plan/shop.h"

namespace vfstock::apply {

plan::Why store_failed(const std::string& doing, const std::string& failure);

/// What products are read with, as one look at the shop found it: what several of them share is
/// asked for once.
class SurroundingsReader {
 public:
  /// `catalogue` must outlive it.
  explicit SurroundingsReader(catalogue::Catalogue& catalogue) : catalogue_(catalogue) {}

  /// Throws StoreError.
  plan::Surroundings of(const catalogue::Product& row);

 private:
  catalogue::Catalogue& catalogue_;
  std::map<catalogue::ProductId, std::vector<catalogue::OptionValue>> options_;
  std::map<std::int64_t, std::vector<std::string>> hosts_;  // by server group
};

/// Sets the product's surroundings, or why they are unread.
void read_surroundings(SurroundingsReader& reader, plan::ShopProduct& product);
/// Sets the shop's pending orders, or why they are unread.
void read_pending(catalogue::Catalogue& catalogue, SurroundingsReader& reader, plan::Shop& shop);

}  // namespace vfstock::apply
