// One product's decision with its derivation, for `explain`.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "engine/capacity/capacity.h"
#include "engine/catalogue/catalogue.h"
#include "engine/panel/panel.h"
#include "engine/plan/decision.h"

namespace vfstock::plan {

/// An order that takes places of the product away.
struct ReservedOrder {
  catalogue::PendingService service;
  std::optional<std::int64_t> places;  // of the product, all its VPSes; nullopt: it is not known
};

struct Explanation {
  Decision decision;
  catalogue::Product product;
  std::optional<panel::Told<panel::Package>> package;
  /// The product's groups in order, as far as they were looked up.
  std::vector<std::pair<panel::GroupId, panel::Told<panel::GroupResources>>> groups;
  std::optional<capacity::Breakdown> breakdown;  // of the found groups, in that order
  std::vector<ReservedOrder> reserved = {};      // by ascending service, other shops' last
  std::optional<capacity::Footprint> footprint = std::nullopt;  // that the breakdown is about
  /// The names of configurable options that may make a VPS larger than its package.
  std::vector<std::string> overriding_options = {};
};

}  // namespace vfstock::plan
