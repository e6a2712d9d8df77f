// Accepting the order of a service that has got its server: whether it is time, and the one try.
#pragma once

#include <optional>

#include "engine/apply/journal.h"
#include "engine/base/clock.h"
#include "engine/plan/policy.h"
#include "engine/schedule/billing.h"

namespace vfstock::schedule {

/// Accepts the service's order if it is Pending and, by `when`, due. nullopt: the service belongs
/// to no order. Throws nothing: what fails is the outcome.
std::optional<apply::Acceptance> accept_order_of(catalogue::ServiceId service, Billing& billing,
                                                 plan::AcceptWhen when, const Clock& clock);

}  // namespace vfstock::schedule
