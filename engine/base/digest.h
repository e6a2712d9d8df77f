// What names bytes: their SHA-256. Two bodies with the same digest are the same bytes.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace vfstock {

struct Digest {
  std::array<unsigned char, 32> bytes{};
  friend bool operator==(const Digest&, const Digest&) = default;
};

/// Throws std::runtime_error where the system's OpenSSL has no SHA-256.
Digest digest_of(std::string_view bytes);

/// 64 hexadecimal digits in lower case.
std::string hex(const Digest& digest);

}  // namespace vfstock
