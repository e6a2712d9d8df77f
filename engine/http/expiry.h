// Whether somebody wants everything in flight to end: asked from any thread, taken by the fetch.
//
// A request counts only while a fetch runs, and then stays until it is taken or the fetch is over:
// it is neither lost nor left lying for the next fetch.
#pragma once

#include <atomic>

namespace vfstock::http {

class Expiry {
 public:
  /// While it lives, requests count.
  class Watch {
   public:
    explicit Watch(Expiry& expiry) noexcept : expiry_(expiry) {
      expiry_.state_.store(State::watching);
    }
    ~Watch() { expiry_.state_.store(State::closed); }
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    Expiry& expiry_;
  };

  /// False when nobody watches, or when a request is waiting already.
  bool request() noexcept { return change(State::watching, State::requested); }
  /// True when a request was waiting; it no longer is.
  bool take() noexcept { return change(State::requested, State::watching); }

 private:
  enum class State { closed, watching, requested };

  bool change(State from, State to) noexcept { return state_.compare_exchange_strong(from, to); }

  std::atomic<State> state_{State::closed};
};

}  // namespace vfstock::http
