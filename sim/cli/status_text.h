// A shop's status as a line for monitoring, as JSON, and as Prometheus reads it.
#pragma once

#include <chrono>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/live/shop_status.h"

namespace vfstock::sim::cli {

/// From which age of the last good sweep a warning is due, and from which it is critical.
struct AgeLimits {
  std::chrono::milliseconds warning, critical;
};

/// As monitoring plugins exit: 0 to 3.
enum class Health { ok, warning, critical, unknown };
std::string_view name(Health health) noexcept;  // "OK", "WARNING", ...

Health health_of(const live::ShopStatus& status, WallTime now, const AgeLimits& limits);
/// One line with figures behind a bar, then a line for each thing to look at.
std::string status_text(const live::ShopStatus& status, WallTime now, Health health);
nlohmann::ordered_json status_json(const live::ShopStatus& status, WallTime now, Health health);
/// In the text format that node_exporter's textfile collector takes.
std::string status_metrics(const live::ShopStatus& status, Health health);

}  // namespace vfstock::sim::cli
