#include "engine/http/response_head.h"

#include <charconv>
#include <utility>

#include "engine/base/text.h"

namespace vfstock::http {
namespace {

std::string_view without_line_end(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Digits only, all of them, within 63 bits.
std::optional<std::int64_t> read_length(std::string_view digits) {
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc{} || stop != end || value < 0) return std::nullopt;
  return value;
}

/// "HTTP/1.1 200 OK" -> 200; nothing when three digits are not where they belong.
std::optional<int> read_status(std::string_view line) {
  const auto space = line.find(' ');
  if (!line.starts_with("HTTP/") || space == std::string_view::npos) return std::nullopt;
  const std::string_view rest = line.substr(space + 1);
  if (rest.size() < 3 || (rest.size() > 3 && rest[3] != ' ')) return std::nullopt;
  const auto status = read_length(rest.substr(0, 3));
  if (!status || *status < 100) return std::nullopt;
  return static_cast<int>(*status);
}

/// 101 is final here: what follows it is no longer HTTP, and nobody asked for that.
bool is_interim(int status) { return status < 200 && status != 101; }

}  // namespace

int ResponseHead::status() const noexcept { return is_interim(status_) ? 0 : status_; }

bool ResponseHead::take(std::string_view line) {
  if (problem_) return false;
  bytes_ += static_cast<std::int64_t>(line.size());
  if (bytes_ > limits_.head_bytes) {
    return refuse(panel::Ending::head_too_large,
                  "its head exceeds " + std::to_string(limits_.head_bytes) + " bytes");
  }
  if (phase_ == Phase::trailers) return true;
  if (phase_ == Phase::first_line) return take_first_line(line);
  const std::string_view text = without_line_end(line);
  return text.empty() ? end_head() : take_header(text);
}

bool ResponseHead::take_first_line(std::string_view line) {
  if (static_cast<std::int64_t>(line.size()) > limits_.first_line_bytes) {
    return refuse(panel::Ending::head_too_large,
                  "its first line exceeds " + std::to_string(limits_.first_line_bytes) + " bytes");
  }
  const auto status = read_status(without_line_end(line));
  if (!status) return refuse(panel::Ending::malformed_http, "its first line is not HTTP's");
  status_ = *status;
  phase_ = Phase::headers;
  return true;
}

bool ResponseHead::take_header(std::string_view line) {
  const auto colon = line.find(':');
  // A line that starts with a blank would continue the one before: long obsolete, and ambiguous.
  if (colon == std::string_view::npos || line.find_first_of(" \t") < colon) {
    return refuse(panel::Ending::malformed_http, "a line of its head is not a header");
  }
  headers_.push_back(
      {std::string(line.substr(0, colon)), std::string(without_blanks(line.substr(colon + 1)))});
  return true;
}

bool ResponseHead::end_head() {
  if (is_interim(status_)) {
    status_ = 0;
    headers_.clear();
    phase_ = Phase::first_line;
    return true;
  }
  if (!read_framing()) return false;
  phase_ = Phase::trailers;
  return true;
}

bool ResponseHead::read_framing() {
  bool chunked = false;
  for (const panel::Header& header : headers_) {
    if (equal_ignoring_case(header.name, "transfer-encoding")) chunked = true;
    if (!equal_ignoring_case(header.name, "content-length")) continue;
    const auto length = read_length(header.value);
    if (!length) {
      return refuse(panel::Ending::malformed_http, "its Content-Length is not a number of bytes");
    }
    if (announced_ && *announced_ != *length) {
      return refuse(panel::Ending::malformed_http, "it announces two different lengths");
    }
    announced_ = length;
  }
  if (chunked && announced_) {
    return refuse(panel::Ending::malformed_http, "it announces both a length and chunks");
  }
  return true;
}

bool ResponseHead::refuse(panel::Ending ending, std::string what) {
  problem_ = Problem{ending, std::move(what)};
  return false;
}

}  // namespace vfstock::http
