// What the daemon counts, for Prometheus. Names and meanings: engine/live/README.md.
//
// May be used by several threads.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "engine/live/serve/board.h"

namespace vfstock::serve {

class Metrics {
 public:
  explicit Metrics(const std::string& version);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void sweep(std::string_view trigger, bool succeeded, Milliseconds took);
  void decision(std::string_view outcome, std::string_view cause);
  /// `code`: an HTTP status, or how an exchange ended that has none.
  void panel_request(std::string_view endpoint, const std::string& code, Milliseconds took);
  void event(std::string_view source, std::string_view event);
  void event_refused(std::string_view reason);
  void event_written(Milliseconds after);
  void queue_depth(std::int64_t depth);
  void reloaded(bool good);
  /// What follows from the published view.
  void publish(const View& view);

  /// All of it in Prometheus's text format.
  std::string text();

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

/// "group_resources" for "/compute/hypervisors/groups/1/resources?...": few names, however many
/// ids.
std::string_view endpoint_of(std::string_view target) noexcept;

}  // namespace vfstock::serve
