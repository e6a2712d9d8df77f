// What each kind of fault does to a delivery: a function per kind, a file per layer.
#pragma once

#include <string>

#include "mockpanel/api/message.h"
#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/rule.h"

namespace vfstock::mockpanel::faults {

/// Turns `delivery`, which holds the right answer delivered whole, into what `rule.kind` makes of
/// it. Delay and added headers are common to all kinds and not its matter.
void befall(const Rule& rule, Delivery& delivery);

/// The same for the kinds of one layer; other kinds leave the delivery alone.
void befall_content(const Rule& rule, Delivery& delivery);
void befall_wire(const Rule& rule, Delivery& delivery);
void befall_state(const Rule& rule, Delivery& delivery);  // and of paging what one answer can show

/// Sets a field, replacing every one of that name in any letter case.
void set_field(api::Fields& fields, const std::string& name, const std::string& value);

}  // namespace vfstock::mockpanel::faults
