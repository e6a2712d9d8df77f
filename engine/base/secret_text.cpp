#include "engine/base/secret_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "engine/base/text.h"

namespace vfstock {
namespace {

constexpr std::string_view shown = "[token]";

/// Six bits a letter, without padding.
std::string base64(std::string_view bytes) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char byte : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(byte);
    for (held += 8; held >= 6; held -= 6) text += letters[(bits >> (held - 6)) & 63U];
  }
  if (held > 0) text += letters[(bits << (6 - held)) & 63U];
  return text;
}

/// What the secret contributes alone to the base64 of a text in which `before` bytes precede it.
std::string base64_after(std::size_t before, std::string_view secret) {
  const std::string whole = base64(std::string(before, '\0') + std::string(secret));
  const std::size_t first = (before * 8 + 5) / 6;             // letters that `before` has a part in
  const std::size_t last = (before + secret.size()) * 8 / 6;  // beyond it: those of what follows
  return last > first ? whole.substr(first, last - first) : "";
}

std::optional<unsigned> hex_value(std::string_view digits) {
  unsigned value = 0;
  for (const char digit : digits) {
    const char c = lower(digit);
    if (c >= '0' && c <= '9') {
      value = value * 16 + static_cast<unsigned>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      value = value * 16 + static_cast<unsigned>(c - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

/// How many bytes of `text` stand for `c`: as it is, or escaped. 0: none.
std::size_t length_of(char c, std::string_view text) {
  if (text.empty()) return 0;
  const auto is = [c](std::optional<unsigned> value) {
    return value && *value == static_cast<unsigned char>(c);
  };
  if (text[0] == '%' && text.size() >= 3 && is(hex_value(text.substr(1, 2)))) return 3;
  if (text[0] == '\\' && text.size() >= 2) {
    if (text[1] == 'u' && text.size() >= 6 && is(hex_value(text.substr(2, 4)))) return 6;
    if (text[1] == 'x' && text.size() >= 4 && is(hex_value(text.substr(2, 2)))) return 4;
    if (text[1] == c && (c == '/' || c == '"' || c == '\\' || c == '\'')) return 2;
  }
  if (text[0] == '&') {
    constexpr std::array<std::pair<std::string_view, char>, 5> entities{
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
    for (const auto& [entity, stands_for] : entities) {
      if (stands_for == c && text.starts_with(entity)) return entity.size();
    }
    const std::string decimal = "&#" + std::to_string(static_cast<unsigned char>(c)) + ";";
    if (text.starts_with(decimal)) return decimal.size();
    if (text.size() >= 6 && lower(text[2]) == 'x' && text[1] == '#' && text[5] == ';' &&
        is(hex_value(text.substr(3, 2)))) {
      return 6;
    }
  }
  // Base64 for URLs has two letters of its own.
  if (text[0] == c || (c == '+' && text[0] == '-') || (c == '/' && text[0] == '_')) return 1;
  return 0;
}

/// How many bytes of the beginning of `text` spell the secret. 0: they do not.
std::size_t match(std::string_view secret, std::string_view text) {
  std::size_t length = 0;
  for (const char c : secret) {
    const std::size_t one = length_of(c, text.substr(length));
    if (one == 0) return 0;
    length += one;
  }
  return length;
}

}  // namespace

SecretText::SecretText(std::string_view secret) {
  if (secret.empty()) return;
  spellings_.emplace_back(secret);
  // Of a shorter one base64 leaves too little to tell it from other text.
  constexpr std::size_t encoded_min = 6;
  for (const std::size_t before : {0U, 1U, 2U}) {
    std::string encoded = base64_after(before, secret);
    if (encoded.size() >= encoded_min) spellings_.push_back(std::move(encoded));
  }
}

std::string SecretText::struck_out(std::string_view text) const {
  std::string kept;
  kept.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 0;
    for (const std::string& spelling : spellings_) {
      length = std::max(length, match(spelling, text.substr(at)));
    }
    if (length == 0) {
      kept += text[at++];
    } else {
      kept += shown;
      at += length;
    }
  }
  return kept;
}

}  // namespace vfstock
