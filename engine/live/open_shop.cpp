#include "engine/live/open_shop.h"

#include <utility>

namespace vfstock::live {

OpenShop::OpenShop(const ShopSettings& settings, const std::string& location_option, Access access)
    : own_(open_database(settings.address, settings.password, access, settings.store_wait),
           location_option),
      others_(open_others(settings, location_option)),
      with_neighbours_(own_.rows, neighbours()) {}

std::vector<std::unique_ptr<OpenShop::Tables>> OpenShop::open_others(
    const ShopSettings& settings, const std::string& location_option) {
  std::vector<std::unique_ptr<Tables>> others;
  for (const OtherShop& other : settings.others) {
    others.push_back(std::make_unique<Tables>(
        open_database(other.address, other.password, Access::read_only, settings.store_wait),
        location_option));
  }
  return others;
}

std::vector<catalogue::Neighbour> OpenShop::neighbours() const {
  std::vector<catalogue::Neighbour> neighbours;
  for (const auto& other : others_) neighbours.push_back({other->database->name(), &other->rows});
  return neighbours;
}

}  // namespace vfstock::live
