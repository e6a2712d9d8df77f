// The view that the daemon begins with: what the journal tells of the shop, so that a start asks
// the panel nothing.
#pragma once

#include "engine/live/serve/board.h"
#include "engine/plan/policy.h"
#include "engine/sqlite/sqlite_database.h"

namespace vfstock::serve {

/// `journal` as open_journal() gives it. Throws StoreError.
View kept_view(sqlite::SqliteDatabase& journal, const plan::Policy& policy);

}  // namespace vfstock::serve
