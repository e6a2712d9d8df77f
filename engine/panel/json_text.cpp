#include "engine/panel/json_text.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include <simdjson.h>

#include "engine/panel/json_refusal.h"
#include "engine/panel/unreadable.h"
#include "engine/panel/whole_number.h"

namespace vfstock::panel {
namespace {

namespace ondemand = simdjson::ondemand;

// What the document's texts point into.
struct Texts {
  ondemand::parser parser;
  std::unique_ptr<char[]> padded;
};

// Half of a surrogate pair, which the library writes as three bytes that no UTF-8 has.
bool has_half_a_pair(std::string_view text) noexcept {
  for (std::size_t at = text.find('\xED'); at != std::string_view::npos;
       at = text.find('\xED', at + 1)) {
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0) return true;
  }
  return false;
}

// Of JSON; every other control character makes the text no JSON.
bool white_space(char letter) noexcept {
  return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
}

bool decimal(char letter) noexcept { return letter >= '0' && letter <= '9'; }

struct Number {
  JsonKind kind = JsonKind::fraction;
  std::int64_t whole = 0;
};

// A number of at most sixteen digits, with or without a fraction, without exponent, which is nearly
// every number; nullopt for all others, well formed or not.
std::optional<Number> short_number(std::string_view token) noexcept {
  const bool negative = token.starts_with('-');
  if (negative) token.remove_prefix(1);
  std::size_t digits = 0;
  std::int64_t number = 0;
  for (; digits < token.size() && decimal(token[digits]); ++digits) {
    if (digits == 16) return std::nullopt;
    number = number * 10 + (token[digits] - '0');
  }
  if (digits == 0 || (digits > 1 && token.front() == '0')) return std::nullopt;
  if (digits < token.size()) {
    const std::string_view fraction = token.substr(digits + 1);
    if (token[digits] != '.' || fraction.empty()) return std::nullopt;
    if (!std::all_of(fraction.begin(), fraction.end(), decimal)) return std::nullopt;
    if (fraction.find_first_not_of('0') != fraction.npos) return Number{};
  }
  if (number > whole_number_max) return Number{};
  return Number{JsonKind::whole, negative ? -number : number};
}

template <class Word>
std::uint64_t word_at(std::string_view text, std::size_t at) noexcept {
  Word word{};
  std::memcpy(&word, text.data() + at, sizeof word);
  return word;
}

// One of 64 bits, from the length, the head and the tail.
std::uint64_t bit_of(std::string_view key) noexcept {
  const std::size_t size = key.size();
  std::uint64_t hash = size;
  if (size >= 8) {
    hash ^= word_at<std::uint64_t>(key, 0) ^ std::rotl(word_at<std::uint64_t>(key, size - 8), 29);
  } else if (size >= 4) {
    hash ^= word_at<std::uint32_t>(key, 0) << 32U ^ word_at<std::uint32_t>(key, size - 4);
  } else if (size >= 1) {
    hash ^= word_at<std::uint8_t>(key, 0) << 32U ^ word_at<std::uint8_t>(key, size / 2) << 16U ^
            word_at<std::uint8_t>(key, size - 1) << 8U;
  }
  return std::uint64_t{1} << (hash * 0x9E3779B97F4A7C15U >> 58U);
}

// The children of one object, which follow it.
bool has_a_key_twice(const JsonValue* child, std::size_t count) {
  constexpr std::size_t few = 64;
  const auto each = [&](auto&& visit) {
    const JsonValue* at = child;
    for (std::size_t i = 0; i < count; ++i, at += at->extent) {
      if (!visit(*at)) return false;
    }
    return true;
  };
  if (count > few) {
    std::vector<std::string_view> keys;
    keys.reserve(count);
    each([&](const JsonValue& value) {
      keys.push_back(value.key);
      return true;
    });
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
  }
  // One bit per hash: only keys that share one are compared.
  std::uint64_t seen = 0;
  return !each([&](const JsonValue& value) {
    const std::uint64_t bit = bit_of(value.key);
    if ((seen & bit) != 0) {
      for (const JsonValue* earlier = child; earlier != &value; earlier += earlier->extent) {
        if (earlier->key == value.key) return false;
      }
    }
    seen |= bit;
    return true;
  });
}

// Reads every value once, in the order of the text. Nothing is skipped: the library validates only
// what is visited.
class Reader {
 public:
  Reader(std::string_view text, int nesting)
      : nesting_(nesting),
        escapes_surrogates_(text.find("\\ud") != text.npos || text.find("\\uD") != text.npos) {
    // A panel's values take some twelve bytes each.
    values_.reserve(std::min(text.size() / 10 + 1, json_values_max));
  }

  std::vector<JsonValue> take() { return std::move(values_); }

  // False where the text is to be refused.
  bool read(ondemand::value value, std::string_view key, int depth) {
    if (values_.size() >= json_values_max) return false;
    values_.emplace_back().key = key;
    ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    switch (type) {
      case ondemand::json_type::object:
        return depth < nesting_ && read_object(value, depth);
      case ondemand::json_type::array:
        return depth < nesting_ && read_array(value, depth);
      case ondemand::json_type::string:
        return read_string(value);
      case ondemand::json_type::number:
        return read_number(value);
      case ondemand::json_type::boolean:
      case ondemand::json_type::null:
        return read_literal(token_of(value));
    }
    return false;
  }

 private:
  static std::string_view token_of(ondemand::value& value) noexcept {
    std::string_view token = value.raw_json_token();
    while (!token.empty() && white_space(token.back())) token.remove_suffix(1);
    return token;
  }

  void close(std::size_t index, JsonKind kind, std::size_t children) {
    values_[index].kind = kind;
    values_[index].number = static_cast<std::int64_t>(children);
    values_[index].extent = static_cast<std::uint32_t>(values_.size() - index);
  }

  bool read_object(ondemand::value& value, int depth) {
    const std::size_t index = values_.size() - 1;
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return false;
    std::size_t children = 0;
    for (auto each : object) {
      ondemand::field field;
      std::string_view key;
      if (std::move(each).get(field) != simdjson::SUCCESS) return false;
      if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
      if (escapes_surrogates_ && has_half_a_pair(key)) return false;
      if (!read(field.value(), key, depth + 1)) return false;
      ++children;
    }
    close(index, JsonKind::object, children);
    return !has_a_key_twice(values_.data() + index + 1, children);
  }

  bool read_array(ondemand::value& value, int depth) {
    const std::size_t index = values_.size() - 1;
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return false;
    std::size_t children = 0;
    for (auto each : array) {
      ondemand::value element;
      if (std::move(each).get(element) != simdjson::SUCCESS) return false;
      if (!read(element, {}, depth + 1)) return false;
      ++children;
    }
    close(index, JsonKind::array, children);
    return true;
  }

  bool read_string(ondemand::value& value) {
    JsonValue& read = values_.back();
    read.kind = JsonKind::text;
    if (value.get_string().get(read.text) != simdjson::SUCCESS) return false;
    return !escapes_surrogates_ || !has_half_a_pair(read.text);
  }

  bool read_number(ondemand::value& value) {
    const std::string_view token = token_of(value);
    std::optional<Number> number = short_number(token);
    if (!number) {
      double approximate = 0;
      if (value.get_double().get(approximate) != simdjson::SUCCESS) return false;
      const auto whole = whole_number(token);
      number = whole ? Number{JsonKind::whole, *whole} : Number{};
    }
    values_.back().kind = number->kind;
    values_.back().number = number->whole;
    return true;
  }

  bool read_literal(std::string_view token) noexcept {
    if (token == "null") return true;
    values_.back().kind = JsonKind::boolean;
    values_.back().number = token == "true" ? 1 : 0;
    return token == "true" || token == "false";
  }

  int nesting_;
  bool escapes_surrogates_;
  std::vector<JsonValue> values_;
};

// Nullopt where the text is to be refused. It is read as the one element of an array, so that a
// document that is a bare string or number is nothing special.
std::optional<JsonDocument> read_document(std::string_view text, int nesting) {
  const auto texts = std::make_shared<Texts>();
  const std::size_t size = text.size() + 2;
  texts->padded = std::make_unique_for_overwrite<char[]>(size + simdjson::SIMDJSON_PADDING);
  char* const padded = texts->padded.get();
  padded[0] = '[';
  std::copy(text.begin(), text.end(), padded + 1);
  padded[size - 1] = ']';
  std::fill_n(padded + size, simdjson::SIMDJSON_PADDING, '\0');

  ondemand::document document;
  ondemand::array around;
  const simdjson::padded_string_view whole(padded, size, size + simdjson::SIMDJSON_PADDING);
  if (texts->parser.iterate(whole).get(document) != simdjson::SUCCESS) return std::nullopt;
  if (document.get_array().get(around) != simdjson::SUCCESS) return std::nullopt;
  Reader reader(text, nesting);
  int elements = 0;
  for (auto each : around) {
    ondemand::value value;
    if (++elements > 1 || std::move(each).get(value) != simdjson::SUCCESS) return std::nullopt;
    if (!reader.read(value, {}, 0)) return std::nullopt;
  }
  // Something after the array means that the text closed it itself.
  const bool ends_here = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  if (elements != 1 || !ends_here) return std::nullopt;
  return JsonDocument(reader.take(), texts);
}

}  // namespace

JsonDocument parse_json(std::string_view text, int nesting) {
  const bool marked = text.starts_with("\xEF\xBB\xBF");
  if (!marked && text.find('\0') == std::string_view::npos) {
    if (auto document = read_document(text, nesting)) return *std::move(document);
  }
  throw json_refusal(text, nesting);
}

}  // namespace vfstock::panel
