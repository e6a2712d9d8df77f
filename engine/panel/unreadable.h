// Thrown inside the decoder, and only there, where a body must not be believed.
//
// The decoder's public functions turn it into an Unavailable, so it never leaves decode.cpp.
#pragma once

#include <stdexcept>
#include <string>

#include "engine/panel/lookup.h"

namespace vfstock::panel {

class Unreadable : public std::runtime_error {
 public:
  /// `text` says where (byte offset or JSON pointer) and what; it never quotes values of the body.
  Unreadable(Reason reason, const std::string& text) : std::runtime_error(text), reason_(reason) {}
  Reason reason() const noexcept { return reason_; }

 private:
  Reason reason_;
};

}  // namespace vfstock::panel
