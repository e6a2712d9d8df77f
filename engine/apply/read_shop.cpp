#include "engine/apply/read_shop.h"

#include <exception>
#include <utility>

#include <fmt/format.h>

namespace vfstock::apply {
namespace {

plan::Surroundings surroundings_of(SurroundingsReader& reader, const catalogue::Product& row,
                                   const catalogue::ElsewhereRead* elsewhere) {
  if (elsewhere == nullptr) return reader.of(row);
  return {elsewhere->options, elsewhere->virtfusion_hosts};
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

plan::Surroundings SurroundingsReader::of(const catalogue::Product& row) {
  auto options = options_.find(row.id);
  if (options == options_.end()) {
    options = options_.emplace(row.id, catalogue_.option_values(row.id)).first;
  }
  auto hosts = hosts_.find(row.servergroup);
  if (hosts == hosts_.end()) {
    hosts = hosts_.emplace(row.servergroup, catalogue_.virtfusion_hosts(row.servergroup)).first;
  }
  return {options->second, hosts->second};
}

void read_surroundings(SurroundingsReader& reader, plan::ShopProduct& product) {
  product.surroundings.reset();
  product.unread = failure_of([&] { product.surroundings = reader.of(product.row); });
}

void read_pending(catalogue::Catalogue& catalogue, SurroundingsReader& reader, plan::Shop& shop) {
  shop.pending.clear();
  shop.pending_unread.reset();
  try {
    for (catalogue::PendingService& service : catalogue.pending_services()) {
      plan::PendingOrder order{std::move(service), {}, std::nullopt, {}};
      order.unread = failure_of([&] {
        const catalogue::PendingService& of = order.service;
        order.surroundings = surroundings_of(reader, of.product, of.elsewhere.get());
        if (!of.upgraded_from) return;
        order.upgraded_from =
            surroundings_of(reader, of.upgraded_from->row, of.upgraded_from->elsewhere.get());
      });
      shop.pending.push_back(std::move(order));
    }
  } catch (const std::exception& error) {
    shop.pending.clear();
    shop.pending_unread = store_failed("orders on their way were read", error.what());
  }
}

}  // namespace vfstock::apply
