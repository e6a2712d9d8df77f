// Plans as documents, as `sync --out` keeps and `sync --apply` reads them.
#pragma once

#include <chrono>
#include <string>

#include <nlohmann/json.hpp>

#include "engine/live/sync_plan.h"

namespace vfstock::live {

/// May hold bytes that are no UTF-8: write it with sqlite::dump().
nlohmann::ordered_json plan_json(const SyncPlan& plan);

/// Throws SettingsError, without the file's name, when it is no such document: a member that is not
/// known, or a number that is none of its kind, is refused.
SyncPlan plan_from(const nlohmann::json& kept);

/// Throws SettingsError for a plan that is older than this, or that is to be made yet.
void refuse_stale(const SyncPlan& plan, WallTime now, std::chrono::milliseconds age_max);
/// Throws SettingsError for a plan of another panel than the one of this name.
void refuse_other_panel(const SyncPlan& plan, const std::string& panel);

}  // namespace vfstock::live
