// What a piece of code says when it refuses a document.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "sim/document/document.h"

namespace vfstock::sim::document::testing {

/// The text of the DocumentError that `action` throws; "accepted" when it throws none.
template <typename Action>
std::string refusal(Action action) {
  try {
    action();
  } catch (const DocumentError& error) {
    return error.what();
  }
  return "accepted";
}

/// The same of parsing `text` as the file "f.json".
inline std::string parse_refusal(std::string_view text) {
  return refusal([text] { parse(text, "f.json"); });
}

}  // namespace vfstock::sim::document::testing
