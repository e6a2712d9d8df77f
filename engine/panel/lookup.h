// The panel's answer to a question, exactly one of Found(value), Missing, Unavailable(reason).
//
// "Gone" and "could not be asked" are different kinds of answer: the first empties a product's
// stock, the second must change nothing. A Lookup therefore has no default value, no value_or and
// no conversion: match() makes the caller say what happens in each case, and if_found() and its
// like are for callers that branch on all three.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace vfstock::panel {

/// Why an answer could not be had or believed. All of them are transient as far as stock goes.
enum class Reason {
  no_connection,      // name, refused, unreachable, reset, closed early
  tls,                // handshake or certificate
  deadline,           // too slow as a whole, or out of the sweep's time
  unauthorised,       // 401
  forbidden,          // 403
  redirected,         // 3xx: never followed
  throttled,          // 429
  server_error,       // 5xx
  unexpected_status,  // any other status, 404 where the record must exist included
  not_json,           // content type, byte order mark, syntax, trailing bytes
  malformed,          // JSON of the wrong shape, with the pointer
  inconsistent,       // pages or groups that contradict each other, or another question's answer
  too_old,            // by its own word, or a cache's on the way
  too_large,          // head, body, nesting or number of pages beyond the caps
  unconfirmed,        // a 404 that GET /connect did not vouch for
  probe_pending,      // a 404 that could not be confirmed yet
  backing_off,        // the panel asked for patience with Retry-After
};
std::string_view name(Reason reason) noexcept;  // "no connection", ...

/// The record does not exist. Confirmed, when policy asks for confirmation.
struct Missing {
  friend bool operator==(Missing, Missing) = default;
};

struct Unavailable {
  Reason reason;
  std::string detail;  // for people: route, status, JSON pointer; never a secret or a body
  /// How long the panel asked to be left alone, already capped.
  std::optional<std::chrono::seconds> retry_after = std::nullopt;
};

template <class T>
class [[nodiscard]] Lookup {
 public:
  static Lookup found(T value) { return Lookup(std::in_place_index<0>, std::move(value)); }
  Lookup(Missing missing) : state_(std::in_place_index<1>, missing) {}
  Lookup(Unavailable why) : state_(std::in_place_index<2>, std::move(why)) {}

  /// Calls exactly one of the three with what was answered.
  template <class OnFound, class OnMissing, class OnUnavailable>
  decltype(auto) match(OnFound&& on_found, OnMissing&& on_missing,
                       OnUnavailable&& on_unavailable) const {
    switch (state_.index()) {
      case 0:
        return std::forward<OnFound>(on_found)(*std::get_if<0>(&state_));
      case 1:
        return std::forward<OnMissing>(on_missing)(*std::get_if<1>(&state_));
      default:
        return std::forward<OnUnavailable>(on_unavailable)(*std::get_if<2>(&state_));
    }
  }

  /// The lookup that `next` makes of a found value; Missing and Unavailable stay what they are.
  template <class Next>
  auto then(Next&& next) const -> std::invoke_result_t<Next, const T&> {
    using Result = std::invoke_result_t<Next, const T&>;
    return match(
        std::forward<Next>(next), [](Missing missing) -> Result { return missing; },
        [](const Unavailable& why) -> Result { return why; });
  }

  /// The value, or null for Missing and Unavailable alike: only for callers that branch on all
  /// three.
  const T* if_found() const noexcept { return std::get_if<0>(&state_); }
  bool is_missing() const noexcept { return state_.index() == 1; }
  const Unavailable* if_unavailable() const noexcept { return std::get_if<2>(&state_); }

 private:
  template <std::size_t I, class V>
  Lookup(std::in_place_index_t<I> index, V&& value) : state_(index, std::forward<V>(value)) {}

  std::variant<T, Missing, Unavailable> state_;
};

}  // namespace vfstock::panel
