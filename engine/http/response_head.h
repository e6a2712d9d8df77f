// The head of an answer, line by line as it arrives: capped, and its framing checked more strictly
// than libcurl does.
//
// libcurl lets the last of two lengths win and ignores a length beside chunks. Both mean that panel
// and client may disagree about where the answer ends (RFC 9112, 6.3), so neither is believed here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/panel/transport.h"

namespace vfstock::http {

struct HeadLimits {
  std::int64_t first_line_bytes;
  std::int64_t head_bytes;  // every line of the answer: interim (1xx) heads and trailers too
};

class ResponseHead {
 public:
  explicit ResponseHead(HeadLimits limits) : limits_(limits) {}

  /// Takes one line as it came, with its line end. False: stop reading, `problem()` says why.
  bool take(std::string_view line);

  /// The blank line after the final (not 1xx) head has arrived.
  bool whole() const noexcept { return phase_ == Phase::trailers; }
  /// 0 before the final status line.
  int status() const noexcept;
  /// Only once whole(): the length announced for the body as sent, if any.
  std::optional<std::int64_t> announced_body_bytes() const noexcept { return announced_; }
  /// Leaves the head without its headers.
  std::vector<panel::Header> release_headers() { return std::move(headers_); }

  struct Problem {
    panel::Ending ending;  // head_too_large or malformed_http
    std::string what;      // for people; repeats nothing that was received
  };
  const std::optional<Problem>& problem() const noexcept { return problem_; }

 private:
  enum class Phase { first_line, headers, trailers };

  bool take_first_line(std::string_view line);
  bool take_header(std::string_view line);
  bool end_head();
  bool read_framing();
  bool refuse(panel::Ending ending, std::string what);

  HeadLimits limits_;
  Phase phase_ = Phase::first_line;
  std::int64_t bytes_ = 0;
  int status_ = 0;
  std::vector<panel::Header> headers_;
  std::optional<std::int64_t> announced_;
  std::optional<Problem> problem_;
};

}  // namespace vfstock::http
