// The requests of one fetch, a few at a time over libcurl's multi interface, on the caller's
// thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "engine/http/curl_handles.h"
#include "engine/http/exchange.h"
#include "engine/http/expiry.h"
#include "engine/http/monotonic_time.h"
#include "engine/panel/transport.h"

namespace vfstock::http {

class Batch {
 public:
  struct Limits {
    std::chrono::milliseconds request;
    std::chrono::milliseconds budget;
  };

  /// `exchanges` are idle and bound how many requests fly at once. All references must outlive it.
  Batch(const MultiHandle& multi, std::span<const std::unique_ptr<Exchange>> exchanges,
        std::span<const Outgoing> requests, Limits limits, Expiry& expiry);
  ~Batch();  // takes whatever is in flight off the multi handle
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  /// Call once. Throws std::runtime_error when libcurl itself fails.
  std::vector<panel::Answer> run();

 private:
  void begin_waiting();
  void perform();
  bool collect_finished();
  void wait();
  void end_overdue();
  void end_all();
  void attach(Exchange& exchange);
  void detach(Exchange& exchange);
  void take(panel::Answer answer, std::size_t number);
  void finish(Exchange& exchange, CURLcode code);
  Moment next_deadline() const;

  const MultiHandle& multi_;
  std::span<const Outgoing> requests_;
  Limits limits_;
  Expiry& expiry_;
  Moment end_;
  std::size_t next_ = 0;
  std::vector<Exchange*> idle_;
  std::vector<Exchange*> in_flight_;
  std::vector<panel::Answer> answers_;
};

}  // namespace vfstock::http
