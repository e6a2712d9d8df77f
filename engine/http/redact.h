// Texts for people that pass through here cannot carry the token, even if the panel echoes it.
#pragma once

#include <string>
#include <string_view>

namespace vfstock::http {

/// `text` with every occurrence of `secret`, in whatever spelling, replaced by "[token]", bytes
/// that are not printable ASCII replaced by '?', and cut after 500 bytes (after the replacement:
/// half a secret is one too many).
std::string redact(std::string text, std::string_view secret);

}  // namespace vfstock::http
