// A Panel around a Panel that leaves the panel alone for as long as it asked for with Retry-After,
// whoever wants to know what. Until then every lookup is Unavailable(backing_off).
//
// Not thread-safe.
#pragma once

#include <optional>

#include "engine/panel/panel.h"

namespace vfstock::panel {

class BackoffPanel final : public Panel {
 public:
  BackoffPanel(Panel& inner, const Clock& clock) : inner_(inner), clock_(clock) {}

  Answers ask(const Questions& questions, Milliseconds budget) override;
  Told<Connected> connect(Milliseconds budget) override;

  /// Nothing is sent before this moment; in the past when nothing holds us back.
  Instant quiet_until() const noexcept { return quiet_until_; }
  /// After a restart: what the panel had asked for before it. Never shortens a wait.
  void stay_quiet_until(Instant moment) noexcept;

 private:
  std::optional<Unavailable> refusal() const;
  template <class T>
  void take_note(const Lookup<T>& lookup);

  Panel& inner_;
  const Clock& clock_;
  Instant quiet_until_ = Instant::min();
};

}  // namespace vfstock::panel
