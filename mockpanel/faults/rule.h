// A fault rule: which requests, when it fires, and what happens to their answers. Plain data.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::faults {

enum class Kind {
  status,          // `status` with `body`
  malformed_json,  // 200, JSON content type, text that is not JSON
  truncated_json,  // 200, a whole HTTP answer whose JSON stops half way
  cut,             // the connection closes half way through the announced body
  no_answer,       // the request is read, nothing is ever sent
  reset,           // the connection is torn down (RST) before a byte is sent
  refused,         // nobody listens
  latency,         // the right answer, `delay` late
};
std::string_view name(Kind kind) noexcept;              // "malformed-json", ...
std::optional<Kind> kind_named(std::string_view name);  // the same names
std::vector<std::string_view> kind_names();
/// Whether the panel still carries out a request that meets this kind: only the answer is spoiled.
bool is_carried_out(Kind kind) noexcept;  // in the order of Kind

/// The body that a status fault carries.
enum class BodyShape { json, html, empty };
std::string_view name(BodyShape shape) noexcept;                   // "json", "html", "empty"
std::optional<BodyShape> body_shape_named(std::string_view name);  // the same names

struct Rule {
  std::string id;
  Kind kind = Kind::status;

  // Which requests: all of these must agree; absent ones always do.
  std::optional<std::string> method;
  /// Path below the API base; '*' stands for any run of characters but '/', "**" for any run at
  /// all.
  std::optional<std::string> path;
  std::optional<std::int64_t> page;  // of a paged read (absent in the request counts as 1)
  /// The time of the request lies in [from, until).
  std::optional<model::Time> from, until;

  // When, counted over the requests that all of the above describe: all of these must agree.
  std::optional<std::int64_t> nth;    // only the n-th (1 is the first)
  std::optional<std::int64_t> every;  // every n-th
  std::optional<std::int64_t> count;  // at most so many times

  // What.
  int status = 500;                  // of Kind::status
  BodyShape body = BodyShape::json;  // of Kind::status
  /// Added to whatever answer is sent, e.g. Retry-After; a field of the same name is replaced.
  std::vector<std::pair<std::string, std::string>> headers;
  std::chrono::milliseconds delay{0};  // before whatever happens; any kind can have it
};

}  // namespace vfstock::mockpanel::faults
