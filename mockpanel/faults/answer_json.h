// The JSON of an answer, taken apart and put together again as the panel writes it.
//
// Some faults write what no JSON value can hold (1e400, NaN, a key twice). They put a stand-in into
// the document, and the text takes its place afterwards.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "mockpanel/api/answer.h"
#include "mockpanel/faults/delivery.h"

namespace vfstock::mockpanel::faults {

/// Lets `edit` change the answer's document. An answer whose body is no JSON object or array stays
/// as it is.
void edit_document(Delivery& delivery, const std::function<void(api::Json&)>& edit);

/// A value that becomes `text`, without quotation marks, once let_raw_text_in() has run.
api::Json raw_text(std::string_view text);
/// A key that becomes `key` once let_raw_text_in() has run, though the object has one already.
std::string second_key(std::string_view key);
void let_raw_text_in(Delivery& delivery);

/// Calls `visit` with every object of the document, the outer ones first.
void for_each_object(api::Json& json, const std::function<void(api::Json&)>& visit);

}  // namespace vfstock::mockpanel::faults
