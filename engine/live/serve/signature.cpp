#include "engine/live/serve/signature.h"

#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace vfstock::serve {
namespace {

constexpr std::size_t key_bytes_min = 24, key_bytes_max = 64, id_bytes_max = 256;
/// While secrets are changed there are two or three; more only cost time.
constexpr int signatures_max = 8;

using Mac = std::array<unsigned char, 32>;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: OpenSSL wants it so
}

std::optional<std::string> decoded(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0 || text.size() > 1024) return std::nullopt;
  std::string out(text.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),  // NOLINT: as above
                      bytes(text), static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  // OpenSSL counts the padding as bytes.
  std::size_t padding = 0;
  while (padding < 2 && text[text.size() - 1 - padding] == '=') ++padding;
  out.resize(static_cast<std::size_t>(size) - padding);
  return out;
}

Mac mac_of(const SignedMessage& message, std::string_view key) {
  std::string text;
  text.reserve(message.id.size() + message.timestamp.size() + message.body.size() + 2);
  text.append(message.id).append(".").append(message.timestamp).append(".").append(message.body);
  Mac mac{};
  unsigned size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes(text), text.size(),
           mac.data(), &size) == nullptr) {
    throw std::runtime_error("HMAC-SHA256 is not available");
  }
  return mac;
}

bool is_near(std::string_view timestamp, WallTime now) {
  std::int64_t seconds = 0;
  const auto [end, error] =
      std::from_chars(timestamp.data(), timestamp.data() + timestamp.size(), seconds);
  if (error != std::errc() || end != timestamp.data() + timestamp.size()) return false;
  const auto ours = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const std::int64_t tolerance = std::chrono::seconds(signature_tolerance).count();
  return seconds >= ours - tolerance && seconds <= ours + tolerance;
}

}  // namespace

std::string_view name(Signed verdict) noexcept {
  switch (verdict) {
    case Signed::good:
      return "good";
    case Signed::incomplete:
      return "incomplete";
    case Signed::stale:
      return "stale";
    case Signed::forged:
      return "forged";
  }
  return "forged";
}

std::string key_of(std::string_view secret) {
  constexpr std::string_view prefix = "whsec_";
  const auto key =
      secret.starts_with(prefix) ? decoded(secret.substr(prefix.size())) : std::nullopt;
  if (!key || key->size() < key_bytes_min || key->size() > key_bytes_max) {
    throw std::invalid_argument(
        "a webhook secret is whsec_ and the base64 of 24 to 64 random bytes");
  }
  return *key;
}

Signed verify(const SignedMessage& message, const std::vector<std::string>& keys, WallTime now) {
  if (message.id.empty() || message.id.size() > id_bytes_max || message.timestamp.empty() ||
      message.signatures.empty()) {
    return Signed::incomplete;
  }
  if (!is_near(message.timestamp, now)) return Signed::stale;
  std::vector<Mac> expected;
  expected.reserve(keys.size());
  for (const std::string& key : keys) expected.push_back(mac_of(message, key));
  std::string_view left = message.signatures;
  for (int i = 0; i < signatures_max && !left.empty(); ++i) {
    const std::string_view word = left.substr(0, left.find(' '));
    left.remove_prefix(std::min(left.size(), word.size() + 1));
    if (!word.starts_with("v1,")) continue;
    const auto given = decoded(word.substr(3));
    if (!given || given->size() != sizeof(Mac)) continue;
    for (const Mac& mac : expected) {
      if (CRYPTO_memcmp(mac.data(), given->data(), mac.size()) == 0) return Signed::good;
    }
  }
  return Signed::forged;
}

std::string sign(std::string_view id, std::string_view timestamp, std::string_view body,
                 std::string_view key) {
  const Mac mac = mac_of({id, timestamp, {}, body}, key);
  std::array<unsigned char, 48> text{};
  const int size = EVP_EncodeBlock(text.data(), mac.data(), static_cast<int>(mac.size()));
  return "v1," + std::string(text.begin(), text.begin() + size);
}

bool same_secret(std::string_view left, std::string_view right) {
  return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace vfstock::serve
