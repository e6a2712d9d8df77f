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

#include "mockpanel/api/message.h"
#include "mockpanel/faults/deletion.h"
#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/record_state.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::faults {

/// The body that a status fault carries.
enum class BodyShape { json, html, empty };
std::string_view name(BodyShape shape) noexcept;                   // "json", "html", "empty"
std::optional<BodyShape> body_shape_named(std::string_view name);  // the same names

/// So many requests of one caller are let through in a window, which begins with the first of them;
/// what comes beyond meets the fault.
struct Allowance {
  enum class Per { token, address, all };
  std::int64_t requests = 1;
  std::chrono::milliseconds window{60000};
  Per per = Per::token;
};

/// A delay that is drawn anew for each request.
struct DelayLaw {
  enum class Shape {
    uniform,      // from `first` to `second`
    exponential,  // `first` on average
    lognormal,    // half of them below `first`, 99 of 100 below `second`
  };
  Shape shape = Shape::uniform;
  std::chrono::milliseconds first{0}, second{0};
};

/// What a request must carry: names and patterns of values (glob.h).
struct Where {
  api::Fields headers, query, body;
};

/// Texts that take the place of a status fault's own body.
struct OwnAnswer {
  std::string type;  // of the content
  std::string text;
};

struct Rule {
  std::string id;
  const Kind* kind = &Kind::named("status");  // never null

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
  Where where;

  // When, counted over the requests that all of the above describe: all of these must agree.
  std::optional<std::int64_t> after;  // only behind the first so many
  std::optional<Allowance> over;      // only those beyond the allowance of their caller
  std::optional<std::int64_t> nth;    // only the n-th (1 is the first)
  std::optional<std::int64_t> every;  // every n-th
  std::optional<std::int64_t> count;  // at most so many times
  /// Of those whose turn it is otherwise, this share, from 0 to 1. Whether a request is among them
  /// follows from `seed`, `id`, the request and how often it has come, and from nothing else.
  std::optional<double> probability;
  std::int64_t seed = 0;

  // What.
  int status = 500;                  // of status
  BodyShape body = BodyShape::json;  // of status
  std::optional<OwnAnswer> answer;   // of status
  /// JSON pointer (RFC 6901) to the value that a number or field kind spoils.
  std::optional<std::string> field;
  std::optional<std::int64_t> value;  // of the paging kinds that lie
  /// Of stale-answer: the state that is told of. Its kind fills it.
  std::shared_ptr<const model::World> stuck_in;
  /// Of record-deleted: what is gone as long as the rule is in force. Its kind fills it.
  std::shared_ptr<DeletedRecords> deleted;
  /// Added to whatever answer is sent, e.g. Retry-After; a field of the same name is replaced.
  std::vector<std::pair<std::string, std::string>> headers;
  std::chrono::milliseconds delay{0};  // before whatever happens; any kind can have it
  /// Where there is one, Injector::judge() draws `delay` from it.
  std::optional<DelayLaw> delay_law;
  /// Of a rule with an allowance: the seconds until its window ends, at least 1. Injector::judge()
  /// fills it.
  std::optional<std::int64_t> seconds_left;
};

}  // namespace vfstock::mockpanel::faults
