// A fault rule: which requests, when it fires, and what happens to their answers. Plain data.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::faults {

enum class Kind {
  status,          // `status` with `body`
  malformed_json,  // 200, JSON content type, text that is not JSON
  truncated_json,  // 200, a whole HTTP answer whose JSON stops half way
  cut,             // the connection closes half way through the announced body
  no_answer,
  reset,
  refused,
  latency,  // the right answer, `delay` late
};
std::string_view name(Kind kind) noexcept;              // "malformed-json", ...
std::optional<Kind> kind_named(std::string_view name);  // the same names
std::vector<std::string_view> kind_names();

/// The body that a status fault carries.
enum class BodyShape { json, html, empty };

struct Rule {
  std::string id;
  Kind kind = Kind::status;

  // Which requests: all of these must agree; absent ones always do.
  std::optional<std::string> method;
  /// Path below the API base; '*' stands for any run of characters but '/', "**" for any run at all.
  std::optional<std::string> path;
  std::optional<std::int64_t> page;  // of a paged read (absent in the request counts as 1)

  // When, counted over the requests that match.
  std::optional<std::int64_t> nth;    // only the n-th (1 is the first)
  std::optional<std::int64_t> every;  // every n-th
  std::optional<std::int64_t> count;  // at most so many times
  std::optional<model::Time> from, until;  // [from, until)

  // What.
  int status = 500;
  BodyShape body = BodyShape::json;
  std::vector<std::pair<std::string, std::string>> headers;  // added, e.g. Retry-After
  std::chrono::milliseconds delay{0};
};

}  // namespace vfstock::mockpanel::faults
