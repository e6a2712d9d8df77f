// A hypervisor is a member of one group. Groups of one batch that list the same one contradict each
// other: one of them was answered with the other's bytes, and counting both would count its room
// twice.
#pragma once

#include "engine/panel/panel.h"

namespace vfstock::panel {

/// Makes every found group Unavailable(inconsistent) that lists a hypervisor of another one.
void refuse_shared_hypervisors(Answers& answers);

}  // namespace vfstock::panel
