#include "engine/catalogue/neighbour_shops.h"

#include <map>
#include <utility>

namespace vfstock::catalogue {
namespace {

/// What one neighbour's rows are read with, each asked for once.
class RowsElsewhere {
 public:
  explicit RowsElsewhere(const Neighbour& neighbour) : neighbour_(neighbour) {}

  std::shared_ptr<const ElsewhereRead> of(const Product& row) {
    std::shared_ptr<const ElsewhereRead>& read = known_[row.id];
    if (!read) {
      read = std::make_shared<const ElsewhereRead>(
          ElsewhereRead{neighbour_.name, neighbour_.shop->option_values(row.id),
                        neighbour_.shop->virtfusion_hosts(row.servergroup)});
    }
    return read;
  }

 private:
  const Neighbour& neighbour_;
  std::map<ProductId, std::shared_ptr<const ElsewhereRead>> known_;
};

}  // namespace

std::vector<PendingService> NeighbourShops::pending_services() {
  std::vector<PendingService> all = inner().pending_services();
  for (const Neighbour& neighbour : neighbours_) {
    try {
      RowsElsewhere rows(neighbour);
      for (PendingService& service : neighbour.shop->pending_services()) {
        service.elsewhere = rows.of(service.product);
        if (service.upgraded_from) {
          service.upgraded_from->elsewhere = rows.of(service.upgraded_from->row);
        }
        all.push_back(std::move(service));
      }
    } catch (const StoreError& error) {
      throw StoreError("the other shop " + neighbour.name + ": " + error.what());
    }
  }
  return all;
}

}  // namespace vfstock::catalogue
