#include "engine/stock/keeper.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "engine/stock/refresh.h"

namespace vfstock::stock {
namespace {

RefreshReport unread(std::string failure) {
  RefreshReport report;
  report.store_failure = std::move(failure);
  return report;
}

}  // namespace

StockKeeper::StockKeeper(Ports ports, Policy policy, std::string panel_host)
    : ports_(ports), policy_(std::move(policy)), panel_host_(std::move(panel_host)) {}

RefreshReport StockKeeper::sweep(Trigger trigger) {
  std::vector<catalogue::Product> rows;
  try {
    rows = ports_.catalogue.managed_products();
  } catch (const std::exception& error) {
    return unread(error.what());
  }
  return Refresh(ports_, policy_, panel_host_).run(std::move(rows), trigger);
}

RefreshReport StockKeeper::refresh(catalogue::ProductId product, Trigger trigger) {
  std::vector<catalogue::Product> rows;
  try {
    rows = ports_.catalogue.managed_products();
  } catch (const std::exception& error) {
    return unread(error.what());
  }
  std::erase_if(rows, [&](const catalogue::Product& row) { return row.id != product; });
  return Refresh(ports_, policy_, panel_host_).run(std::move(rows), trigger);
}

std::optional<Explanation> StockKeeper::explain(catalogue::ProductId product) {
  for (const catalogue::Product& row : ports_.catalogue.managed_products()) {
    if (row.id == product) return Refresh(ports_, policy_, panel_host_).explain(row);
  }
  return std::nullopt;
}

}  // namespace vfstock::stock
