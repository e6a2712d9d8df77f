// A Catalogue around a Catalogue for shops that sell from the same panel as others do: what those
// have sold and the panel does not know yet is pending here, too. They are read and never written.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/catalogue/forwarding_catalogue.h"

namespace vfstock::catalogue {

struct Neighbour {
  std::string name;  // for people
  Catalogue* shop = nullptr;
};

class NeighbourShops final : public ForwardingCatalogue {
 public:
  /// All of them must outlive it.
  NeighbourShops(Catalogue& own, std::vector<Neighbour> neighbours)
      : ForwardingCatalogue(own), neighbours_(std::move(neighbours)) {}

  /// Those of the shop itself, then each neighbour's, with what their products are read with. A
  /// neighbour that cannot be read is a StoreError that names it: what it has sold would be sold
  /// again.
  std::vector<PendingService> pending_services() override;

 private:
  std::vector<Neighbour> neighbours_;
};

}  // namespace vfstock::catalogue
