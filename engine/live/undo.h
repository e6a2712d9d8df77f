// Taking back what one refresh wrote to a real shop, as its journal tells. The panel is not asked.
#pragma once

#include <cstdint>
#include <ostream>

#include "engine/live/settings.h"
#include "engine/live/sync_plan.h"

namespace vfstock::live {

struct UndoTask {
  std::int64_t refresh = 0;  // as the journal numbers it
  bool force = false;        // releases the brake
};

/// Shows what undo_live() would do. Both throw SettingsError where the journal knows no such
/// refresh, or none that wrote anything; StoreError.
SyncPlan plan_undo(const ShopSettings& shop, const JournalSettings& journal, const UndoTask& task);
/// Compares and sets row by row, and journals it as a refresh of its own.
SyncPlan undo_live(const ShopSettings& shop, const JournalSettings& journal, const UndoTask& task,
                   std::ostream& talk);

}  // namespace vfstock::live
