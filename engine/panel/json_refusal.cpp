#include "engine/panel/json_refusal.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/panel/json_pointer.h"
#include "engine/panel/json_text.h"
#include "engine/panel/whole_number.h"

namespace vfstock::panel {
namespace {

using nlohmann::json;

// An object or array around the current place.
struct Around {
  bool is_object = false;
  std::size_t index = 0;         // of an array: elements before the current one
  std::string key;               // of an object: the current one
  std::set<std::string> keys{};  // of an object: all so far
};

// What the parser meets; the first thing that parse_json refuses throws, which stops the parser.
class Watch {
 public:
  Watch(std::string_view text, int nesting) : text_(text), nesting_(nesting) {}

  bool null() { return value(); }
  bool boolean(bool) { return value(); }
  bool number_integer(json::number_integer_t) { return value(); }
  bool number_unsigned(json::number_unsigned_t) { return value(); }
  bool number_float(json::number_float_t, const std::string& written) {
    if (!has_short_exponent(written)) {
      throw Unreadable(Reason::malformed, fmt::format("a number with an exponent of more than {} "
                                                      "digits",
                                                      exponent_digits_max));
    }
    return value();
  }
  bool string(std::string&) { return value(); }
  bool binary(json::binary_t&) { return false; }  // has no notation in JSON text

  bool start_object(std::size_t) { return open(true); }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(false); }
  bool end_array() { return close(); }

  bool key(std::string& key) {
    around_.back().key = key;
    if (!around_.back().keys.insert(key).second) {
      throw Unreadable(Reason::malformed, fmt::format("at {}: the key appears twice", pointer()));
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const json::exception& error) {
    constexpr int number_overflow = 406;  // of nlohmann::json
    // The library's own text quotes the body, so it is not passed on.
    const std::size_t byte = std::min(position, text_.size());
    const auto line =
        1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(byte), '\n');
    const bool overflow = error.id == number_overflow;
    throw Unreadable(
        overflow ? Reason::malformed : Reason::not_json,
        fmt::format("{} at line {}, byte {}",
                    overflow ? "a number that does not fit" : "no valid JSON", line, byte));
  }

 private:
  bool count() {
    if (++values_ > json_values_max) {
      throw Unreadable(Reason::too_large, fmt::format("more than {} values", json_values_max));
    }
    return true;
  }

  bool value() {
    count();
    if (!around_.empty()) ++around_.back().index;
    return true;
  }

  bool open(bool is_object) {
    if (around_.size() >= static_cast<std::size_t>(std::max(nesting_, 0))) {
      throw Unreadable(Reason::too_large, fmt::format("nested deeper than {} levels", nesting_));
    }
    count();
    around_.emplace_back().is_object = is_object;
    return true;
  }

  bool close() {
    around_.pop_back();
    if (!around_.empty()) ++around_.back().index;
    return true;
  }

  std::string pointer() const {
    std::string text;
    for (const Around& level : around_) {
      if (level.is_object) {
        append_key(text, level.key);
      } else {
        text += fmt::format("/{}", level.index);
      }
    }
    return text;
  }

  std::string_view text_;
  int nesting_;
  std::vector<Around> around_;  // outermost first
  std::size_t values_ = 0;
};

}  // namespace

Unreadable json_refusal(std::string_view text, int nesting) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    return {Reason::not_json, "begins with a byte order mark"};
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return {Reason::not_json, fmt::format("a NUL byte at byte {}", nul)};
  }
  try {
    Watch watch(text, nesting);
    json::sax_parse(text.begin(), text.end(), &watch);
  } catch (const Unreadable& why) {
    return why;
  }
  return {Reason::not_json, "no valid JSON"};
}

}  // namespace vfstock::panel
