// A fault rule: which requests, when it fires, and what happens to their answers. Plain data.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/record_state.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::faults {

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
  /// The panel is in this state when the request comes.
  std::optional<RecordState> while_;

  // When, counted over the requests that all of the above describe: all of these must agree.
  std::optional<std::int64_t> nth;    // only the n-th (1 is the first)
  std::optional<std::int64_t> every;  // every n-th
  std::optional<std::int64_t> count;  // at most so many times
  /// Of those whose turn it is otherwise, this share, from 0 to 1. Whether a request is among them
  /// follows from `seed`, `id`, the request and how often it has come, and from nothing else.
  std::optional<double> probability;
  std::int64_t seed = 0;

  // What.
  int status = 500;                  // of Kind::status
  BodyShape body = BodyShape::json;  // of Kind::status
  /// JSON pointer (RFC 6901) to the value that a number or field kind spoils.
  std::optional<std::string> field;
  std::optional<std::int64_t> value;  // of the paging kinds that lie
  /// Of Kind::stale_answer: the state that is told of. Injector::add() fills it.
  std::shared_ptr<const model::World> stuck_in;
  /// Added to whatever answer is sent, e.g. Retry-After; a field of the same name is replaced.
  std::vector<std::pair<std::string, std::string>> headers;
  std::chrono::milliseconds delay{0};  // before whatever happens; any kind can have it
};

}  // namespace vfstock::mockpanel::faults
