#include "mockpanel/api/query.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace vfstock::mockpanel::api {
namespace {

struct Range {
  std::int64_t least, most, absent;
};

std::int64_t read_ranged(const Fields& query, std::string_view name, Range range, bool strict,
                         std::vector<std::string>& problems) {
  const auto text = query_value(query, name);
  if (!text) return range.absent;
  const bool digits = text->find_first_not_of("0123456789") == std::string_view::npos;
  const auto number = integer(*text);
  const bool good = number && *number >= range.least && *number <= range.most;
  if (good && (digits || !strict)) return *number;
  if (strict) {
    problems.push_back("The " + std::string(name) + " field must be an integer of at least " +
                       std::to_string(range.least) +
                       (range.most == std::numeric_limits<std::int64_t>::max()
                            ? std::string()
                            : " and at most " + std::to_string(range.most)) +
                       ".");
  }
  return number ? std::clamp(*number, range.least, range.most) : range.absent;
}

/// Letters, digits and "-._~" stand for themselves (RFC 3986).
std::string encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.append({'%', digits[byte >> 4U], digits[byte & 15U]});
  }
  return encoded;
}

}  // namespace

std::optional<std::string_view> query_value(const Fields& query, std::string_view name) {
  const auto values = query_values(query, name);
  if (values.empty()) return std::nullopt;
  return values.back();
}

std::vector<std::string_view> query_values(const Fields& query, std::string_view name) {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : query) {
    if (key == name) values.push_back(value);
  }
  return values;
}

PageReading read_page(const Fields& query, bool strict) {
  PageReading reading;
  reading.page.results = read_ranged(query, "results", {1, 200, 20}, strict, reading.problems);
  reading.page.page = read_ranged(query, "page", {1, std::numeric_limits<std::int64_t>::max(), 1},
                                  strict, reading.problems);
  return reading;
}

std::optional<bool> boolean(std::string_view text) {
  if (text == "true" || text == "1" || text == "on" || text == "yes") return true;
  if (text == "false" || text == "0" || text == "off" || text == "no") return false;
  return std::nullopt;
}

std::string kept_query(const Fields& query) {
  Fields kept;
  std::map<std::string, std::size_t> repetitions;
  for (const auto& [name, value] : query) {
    if (name == "page") continue;
    std::string unique = name;
    if (name.ends_with("[]")) {
      unique.insert(unique.size() - 1, std::to_string(repetitions[name]++));
    }
    const auto same = std::find_if(kept.begin(), kept.end(),
                                   [&](const auto& entry) { return entry.first == unique; });
    if (same == kept.end()) {
      kept.emplace_back(std::move(unique), value);
    } else {
      same->second = value;
    }
  }
  std::string text;
  for (const auto& [name, value] : kept) {
    text.append(encode(name)).append("=").append(encode(value)).append("&");
  }
  return text;
}

}  // namespace vfstock::mockpanel::api
