#include "engine/apply/read_shop.h"

#include <exception>
#include <utility>

#include <fmt/format.h>

namespace vfstock::apply {
namespace {

plan::Surroundings surroundings_of(catalogue::Catalogue& catalogue, const catalogue::Product& row) {
  plan::Surroundings surroundings;
  surroundings.options = catalogue.option_values(row.id);
  if (row.servergroup != 0) {
    surroundings.virtfusion_hosts = catalogue.virtfusion_hosts(row.servergroup);
  }
  return surroundings;
}

/// `read` or, where it fails, why.
template <class Read>
std::optional<plan::Why> failure_of(Read read) {
  try {
    read();
    return std::nullopt;
  } catch (const catalogue::StoreError& error) {
    return store_failed("the product's options were read", error.what());
  } catch (const std::exception& error) {
    return plan::Why{plan::Cause::surprise,
                     fmt::format("reading the product's options failed: {}", error.what())};
  }
}

}  // namespace

plan::Why store_failed(const std::string& doing, const std::string& failure) {
  return {plan::Cause::store_failed,
          fmt::format("the shop's store failed while {}: {}", doing, failure)};
}

void read_surroundings(catalogue::Catalogue& catalogue, plan::ShopProduct& product) {
  product.surroundings.reset();
  product.unread =
      failure_of([&] { product.surroundings = surroundings_of(catalogue, product.row); });
}

void read_pending(catalogue::Catalogue& catalogue, plan::Shop& shop) {
  shop.pending.clear();
  shop.pending_unread.reset();
  try {
    for (catalogue::PendingService& service : catalogue.pending_services()) {
      plan::PendingOrder order{std::move(service), {}, std::nullopt};
      order.unread = failure_of(
          [&] { order.surroundings = surroundings_of(catalogue, order.service.product); });
      shop.pending.push_back(std::move(order));
    }
  } catch (const std::exception& error) {
    shop.pending.clear();
    shop.pending_unread = store_failed("orders on their way were read", error.what());
  }
}

}  // namespace vfstock::apply
