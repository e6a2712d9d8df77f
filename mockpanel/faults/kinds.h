// What each kind of fault does to a delivery: one function per kind, in one table.
#pragma once

#include <string>

#include "mockpanel/api/message.h"
#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/rule.h"

namespace vfstock::mockpanel::faults {

/// Turns `delivery`, which holds the right answer delivered whole, into what `rule.kind` makes of
/// it. Delay and added headers are common to all kinds and not its matter.
void befall(const Rule& rule, Delivery& delivery);

/// Sets a field, replacing every one of that name in any letter case.
void set_field(api::Fields& fields, const std::string& name, const std::string& value);

}  // namespace vfstock::mockpanel::faults
