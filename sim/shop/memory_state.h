// The engine's state kept in memory, for simulations and tests.
#pragma once

#include <optional>

#include "engine/schedule/state.h"

namespace vfstock::sim::shop {

/// Starts as an engine that ran before and has nothing to remember.
class MemoryState final : public schedule::State {
 public:
  std::optional<schedule::Remembered> load() override { return kept_; }
  void save(const schedule::Remembered& remembered) override { kept_ = remembered; }
  void lose() { kept_.reset(); }

 private:
  std::optional<schedule::Remembered> kept_ = schedule::Remembered{};
};

}  // namespace vfstock::sim::shop
