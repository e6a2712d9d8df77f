// A Transport around a Transport that counts, tells the heart how long it may take, keeps the
// shop's connection awake while the panel is slow, and sends nothing once the daemon is to end.
#pragma once

#include <atomic>
#include <functional>

#include "engine/live/serve/heart.h"
#include "engine/live/serve/metrics.h"
#include "engine/panel/transport.h"

namespace vfstock::serve {

class WatchedTransport final : public panel::Transport {
 public:
  /// All must outlive it. `stopping`: nothing is sent any more. `between` runs before and after
  /// each batch.
  WatchedTransport(panel::Transport& inner, const Clock& clock, Heart& heart, Metrics& metrics,
                   const std::atomic<bool>& stopping, std::function<void()> between)
      : inner_(inner),
        clock_(clock),
        heart_(heart),
        metrics_(metrics),
        stopping_(stopping),
        between_(std::move(between)) {}

  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   Milliseconds budget) override;

  const PanelView& seen() const noexcept { return seen_; }

 private:
  void note(const panel::Request& request, const panel::Answer& answer, Milliseconds took);

  panel::Transport& inner_;
  const Clock& clock_;
  Heart& heart_;
  Metrics& metrics_;
  const std::atomic<bool>& stopping_;
  std::function<void()> between_;
  PanelView seen_;
};

}  // namespace vfstock::serve
