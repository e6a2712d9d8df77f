// Accepting the order of a service that has got its server: whether it is time, and the one try.
#pragma once

#include <optional>

#include "engine/panel/clock.h"
#include "engine/stock/billing.h"
#include "engine/stock/journal.h"
#include "engine/stock/policy.h"

namespace vfstock::stock {

/// Accepts the service's order if it is Pending and, by `when`, due. nullopt: the service belongs
/// to no order. Throws nothing: what fails is the outcome.
std::optional<Acceptance> accept_order_of(ServiceId service, Billing& billing, AcceptWhen when,
                                          const panel::Clock& clock);

}  // namespace vfstock::stock
