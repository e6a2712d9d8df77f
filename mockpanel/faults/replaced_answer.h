// Another answer in the right one's place, or none at all.
#pragma once

#include <string>
#include <string_view>

#include "mockpanel/faults/delivery.h"

namespace vfstock::mockpanel::faults {

inline constexpr std::string_view json_type = "application/json";

/// Puts this answer in the place of the right one, without its headers. A status that forbids a
/// body gets none.
void replace_answer(Delivery& delivery, int status, std::string_view type, std::string body);

/// No status line is ever sent.
void end_without_answer(Delivery& delivery, End end);

/// Ends the answer in the middle of its body. One without a body has no middle, so it is given one.
void end_half_way(Delivery& delivery, End end);
/// A JSON body of two bytes where the answer has none.
void give_body(Delivery& delivery);

/// The right body as the text of a JSON object or array; a pair of braces when it is neither.
std::string document_text(const Delivery& delivery);

}  // namespace vfstock::mockpanel::faults
