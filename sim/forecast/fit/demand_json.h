// Learnt demand as a fragment of a plan: streams, what runs already, and named times that come
// every year.
//
// {"name": ..., "description": ..., "begins": ..., "patch": {"demand": {...}, "running": {...}}}:
// forecast takes it as --demand, or as any other merge patch.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/document/document.h"
#include "sim/forecast/fit/demand_model.h"

namespace vfstock::sim::forecast::fit {

struct NamedModel {
  std::int64_t product = 0;  // the shop's id
  DemandModel model;
};

/// The plan begins when the history ends. `running`: what still runs is written too, as VPSes that
/// the fleet's allocation counts already.
document::Json demand_fragment(const std::vector<NamedModel>& models,
                               const std::string& description, bool running);

/// A lifetime curve as a plan's law; hardly more points than its shape needs.
document::Json life_json(const std::vector<Law::Point>& survival);

/// "2026-11-24T03:00:00Z", of seconds since 1970.
std::string calendar_text(double seconds);

}  // namespace vfstock::sim::forecast::fit
