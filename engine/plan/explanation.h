// One product's decision with its derivation, for `explain`.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "engine/capacity/capacity.h"
#include "engine/catalogue/product.h"
#include "engine/panel/panel.h"
#include "engine/plan/decision.h"

namespace vfstock::plan {

struct Explanation {
  Decision decision;
  catalogue::Product product;
  std::optional<panel::Told<panel::Package>> package;
  /// The product's groups in order, as far as they were looked up.
  std::vector<std::pair<panel::GroupId, panel::Told<panel::GroupResources>>> groups;
  std::optional<capacity::Breakdown> breakdown;  // of the found groups, in that order
};

}  // namespace vfstock::plan
