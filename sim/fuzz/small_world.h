// A small panel and a small shop, drawn by lot: up to 3 hypervisors in up to 2 groups, up to 3
// products; now and then a dozen products, since the brake minds nothing less.
//
// Figures are small, so that each place counts and every dimension binds now and then; and they
// include what live panels and shops really hold: no quota, more allocated than there is, columns
// filled by people.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "sim/document/document.h"
#include "sim/fuzz/dice.h"

namespace vfstock::sim::fuzz {

struct SmallWorld {
  document::Json panel, shop, policy;  // as a scenario writes them
  std::vector<std::int64_t> packages, groups, hypervisors, products;
  std::set<std::int64_t> sold_everywhere;  // products whose customers choose a group
};

SmallWorld small_world(Dice& dice);

/// One hypervisor's resources, or some of them, as the panel writes them.
document::Json some_resources(Dice& dice);

/// What people write into tblproducts.configoption7 and the columns beside it.
std::string some_buffer(Dice& dice);
std::string some_addresses(Dice& dice);

}  // namespace vfstock::sim::fuzz
