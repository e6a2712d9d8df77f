// A short fingerprint of bytes: tells whether two answers are the same bytes, and names an answer
// in the journal. FNV-1a, 64 bits: the same on every machine, not meant to resist forgery.
#pragma once

#include <cstdint>
#include <string_view>

namespace vfstock::panel {

constexpr std::uint64_t digest(std::string_view bytes) noexcept {
  constexpr std::uint64_t offset_basis = 14695981039346656037ULL;
  constexpr std::uint64_t prime = 1099511628211ULL;
  std::uint64_t hash = offset_basis;
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= prime;
  }
  return hash;
}

}  // namespace vfstock::panel
