// Plans as documents, as `sync --out` keeps and `sync --apply` reads them.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/live/sync_plan.h"

namespace vfstock::live {

/// May hold bytes that are no UTF-8: write it with sqlite::dump().
nlohmann::ordered_json plan_json(const SyncPlan& plan);

/// Throws SettingsError, without the file's name, when it is no such document.
SyncPlan plan_from(const nlohmann::json& kept);

}  // namespace vfstock::live
