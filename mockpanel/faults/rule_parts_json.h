// The parts of a fault rule that are objects of their own, from and to JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "mockpanel/faults/rule.h"
#include "mockpanel/faults/rule_place.h"

namespace vfstock::mockpanel::faults {

/// {"requests": 20, "window": "60s", "per": "token"}; without `per` it is the token's.
Allowance allowance_from(const Place& at);
/// {"headers": {...}, "query": {...}, "body": {...}}, at least one of them; texts are patterns.
Where where_from(const Place& at);
/// A text, or an object or array that is sent as JSON.
OwnAnswer own_answer_from(const Place& at);
/// A duration, or {"from", "to"}, {"mean"} or {"median", "p99"}.
void read_delay(const Place& at, Rule& rule);

void put_allowance(nlohmann::ordered_json& json, const Allowance& allowance);
void put_where(nlohmann::ordered_json& json, const Where& where);
void put_own_answer(nlohmann::ordered_json& json, const OwnAnswer& answer);
void put_delay(nlohmann::ordered_json& json, const Rule& rule);

}  // namespace vfstock::mockpanel::faults
