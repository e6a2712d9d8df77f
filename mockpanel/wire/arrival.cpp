#include "mockpanel/wire/arrival.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "mockpanel/api/message.h"

namespace vfstock::mockpanel::wire {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view head_end = "\r\n\r\n";

/// Cuts the first line off; nullopt while it has not ended.
std::optional<std::string_view> take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find(line_end);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end + line_end.size());
  return line;
}

bool is_request_line(std::string_view line) {
  return line.ends_with(" HTTP/1.1") || line.ends_with(" HTTP/1.0");
}

/// The value of a header in the lines of a head; empty when it is not there.
std::string_view header(std::string_view head, std::string_view name) {
  while (const auto line = take_line(head)) {
    const std::size_t colon = line->find(':');
    if (colon == std::string_view::npos || !api::same_name(line->substr(0, colon), name)) continue;
    std::string_view value = line->substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    return value;
  }
  return {};
}

std::optional<std::uint64_t> number(std::string_view text, int base) {
  std::uint64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  const bool good = error == std::errc() && stop != text.data();
  return good ? std::optional(value) : std::nullopt;
}

/// Walks over the chunks of a body.
bool chunks_have_arrived(std::string_view body, std::size_t bytes_max) {
  std::uint64_t total = 0;
  while (const auto line = take_line(body)) {
    const auto size = number(*line, 16);
    if (!size) return true;
    if (*size == 0)
      return body.starts_with(line_end) || body.find(head_end) != std::string_view::npos;
    total += *size;
    if (*size > bytes_max || total > bytes_max) return true;
    if (body.size() < *size + line_end.size()) return false;
    if (body.substr(static_cast<std::size_t>(*size), line_end.size()) != line_end) return true;
    body.remove_prefix(static_cast<std::size_t>(*size) + line_end.size());
  }
  constexpr std::size_t size_line_max = 1024;
  return body.size() > size_line_max;
}

}  // namespace

bool has_arrived(std::string_view bytes, const ArrivalLimits& limits) {
  std::string_view rest = bytes;
  const auto first = take_line(rest);
  if (first && !is_request_line(*first)) return true;
  const std::size_t end = bytes.find(head_end);
  if (end == std::string_view::npos || end > limits.head_bytes_max) {
    return bytes.size() > limits.head_bytes_max;
  }
  const std::string_view head = bytes.substr(0, end + line_end.size());
  const std::string_view body = bytes.substr(end + head_end.size());
  if (!header(head, "Expect").empty()) return true;
  if (!header(head, "Transfer-Encoding").empty()) {
    return chunks_have_arrived(body, limits.body_bytes_max);
  }
  const std::string_view length = header(head, "Content-Length");
  if (length.empty()) return true;
  const auto announced = number(length, 10);
  return !announced || *announced > limits.body_bytes_max || body.size() >= *announced;
}

}  // namespace vfstock::mockpanel::wire
