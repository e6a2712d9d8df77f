// The traffic period of a server: one month from the day of its creation.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::mockpanel::api {

struct TrafficPeriod {
  std::string start;  // "2025-01-20T00:00:00.000000Z"
  std::string end;    // "2025-02-19T23:59:59.999999Z"
};

/// `created` starts with "YYYY-MM-DD"; anything else gives the period of 2024-01-01.
TrafficPeriod traffic_period(std::string_view created);

}  // namespace vfstock::mockpanel::api
