// Signatures of webhooks as the Standard Webhooks specification (standardwebhooks.com) has them:
// HMAC-SHA256 over "id.timestamp.body", base64, one or several "v1,..." in the header
// `webhook-signature`. Pure functions.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"

namespace vfstock::serve {

/// The key of "whsec_BASE64". Throws std::invalid_argument, without repeating the secret, when it
/// is not that or holds fewer than 24 or more than 64 bytes.
std::string key_of(std::string_view secret);

/// How far a sender's clock may be from ours.
inline constexpr std::chrono::minutes signature_tolerance{5};

/// What came with a message. Views of the request.
struct SignedMessage {
  std::string_view id, timestamp, signatures, body;
};

enum class Signed {
  good,
  incomplete,  // a header is missing, or the id is longer than 256 bytes
  stale,       // the timestamp is no number, or further away than the tolerance
  forged,      // no signature fits any key
};
std::string_view name(Signed verdict) noexcept;  // "good", "incomplete", ...

/// Compares in constant time. `keys` as key_of() gives them; without one every message is forged.
Signed verify(const SignedMessage& message, const std::vector<std::string>& keys, WallTime now);

/// "v1,..." for a message of ours.
std::string sign(std::string_view id, std::string_view timestamp, std::string_view body,
                 std::string_view key);

/// Whether two secrets are the same, in a time that tells nothing but their length.
bool same_secret(std::string_view left, std::string_view right);

}  // namespace vfstock::serve
