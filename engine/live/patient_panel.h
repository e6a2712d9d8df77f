// A Panel around a Panel that waits out what the panel asks for with Retry-After, where that fits
// the time of the batch, and goes on where it stopped: for programs that run once and have nothing
// else to do. A daemon waits by its timetable instead.
//
// Not thread-safe; sleeps.
#pragma once

#include <functional>
#include <utility>

#include "engine/panel/panel.h"

namespace vfstock::live {

class PatientPanel final : public panel::Panel {
 public:
  using Sleep = std::function<void(Milliseconds)>;
  PatientPanel(panel::Panel& inner, const Clock& clock, Sleep sleep)
      : inner_(inner), clock_(clock), sleep_(std::move(sleep)) {}

  panel::Answers ask(const panel::Questions& questions, Milliseconds budget) override;
  panel::Told<panel::Connected> connect(Milliseconds budget) override;

 private:
  panel::Panel& inner_;
  const Clock& clock_;
  Sleep sleep_;
};

}  // namespace vfstock::live
