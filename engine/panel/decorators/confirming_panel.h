// A Panel around a Panel that lets Missing through only when the panel itself vouches for it.
//
// A wrong base URL or a proxy in the way answers 404 to everything, one bad node of several answers
// so now and then, and bytes that nobody asked for may be taken for an answer; taking any of these
// for "gone" would empty the shop. So a 404 counts only when a GET /connect sent after it answers
// as a panel does, and the same record, asked for once more, is missing again; both over
// connections of their own. All 404s of one batch share one probe, and there is at most one probe
// per interval: until the next is allowed the lookup is Unavailable(probe_pending). A person who
// asks may always probe. Not thread-safe.
#pragma once

#include <chrono>
#include <optional>

#include "engine/panel/panel.h"

namespace vfstock::panel {

class ConfirmingPanel final : public Panel {
 public:
  ConfirmingPanel(Panel& inner, const Clock& clock, std::chrono::seconds probe_interval)
      : inner_(inner), clock_(clock), probe_interval_(probe_interval) {}

  Answers ask(const Questions& questions, Milliseconds budget) override;
  Told<Connected> connect(Milliseconds budget) override;

  const std::optional<Instant>& last_probe() const noexcept { return last_probe_; }
  /// While a person waits for the answer: the interval is not waited for.
  void let_probe_at_any_time(bool may) noexcept { any_time_ = may; }
  /// As a process before this one did.
  void probed_at(Instant moment) { last_probe_ = moment; }

 private:
  Told<Connected> probe(Milliseconds budget);

  Panel& inner_;
  const Clock& clock_;
  std::chrono::seconds probe_interval_;
  std::optional<Instant> last_probe_;
  bool any_time_ = false;
};

}  // namespace vfstock::panel
