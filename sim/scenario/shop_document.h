// The shop's tables at one moment as a fleet file holds them, for a client that must know what it
// sells. The panel in it is empty: that is the client's to ask.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "sim/document/document.h"
#include "sim/invariants/trace.h"

namespace vfstock::sim::scenario {

struct ShopMoment {
  std::vector<invariants::Row> rows;
  std::vector<invariants::Waiting> waiting;
  std::map<std::int64_t, std::vector<std::string>> server_groups;
  invariants::Time now{};
  WallTime wall;  // the calendar at `now`
};

document::Json shop_document(const ShopMoment& moment);

}  // namespace vfstock::sim::scenario
