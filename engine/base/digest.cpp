#include "engine/base/digest.h"

#include <stdexcept>

#include <openssl/evp.h>

namespace vfstock {

Digest digest_of(std::string_view bytes) {
  Digest digest;
  unsigned length = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), digest.bytes.data(), &length, EVP_sha256(), nullptr);
  if (done != 1 || length != digest.bytes.size()) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return digest;
}

std::string hex(const Digest& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.bytes.size());
  for (const unsigned char byte : digest.bytes) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xfU];
  }
  return text;
}

}  // namespace vfstock
