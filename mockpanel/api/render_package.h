// Package records.
#pragma once

#include "mockpanel/api/answer.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// A package, the same as a list entry and alone. It carries no number of IPv4 addresses.
Json render_package(const model::Package& package);

}  // namespace vfstock::mockpanel::api
