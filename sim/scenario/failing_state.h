// The engine's State in a replay: kept in memory, and told to fail.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "engine/catalogue/catalogue.h"
#include "engine/schedule/state.h"
#include "sim/shop/memory_state.h"

namespace vfstock::sim::scenario {

class FailingState final : public schedule::State {
 public:
  /// From now on loading and saving throw StoreError(message), until healed.
  void fail(std::string message) { message_ = std::move(message); }
  void heal() { message_.reset(); }
  /// How many calls failed so far.
  std::int64_t struck() const noexcept { return struck_; }
  /// What was saved is gone.
  void lose() { kept_.lose(); }
  /// Whether an engine that starts now learns anything.
  bool tells() { return !message_ && kept_.load().has_value(); }

  std::optional<schedule::Remembered> load() override {
    check();
    return kept_.load();
  }
  void save(const schedule::Remembered& remembered) override {
    check();
    kept_.save(remembered);
  }

 private:
  void check() {
    if (!message_) return;
    ++struck_;
    throw catalogue::StoreError(*message_);
  }

  shop::MemoryState kept_;
  std::optional<std::string> message_;
  std::int64_t struck_ = 0;
};

}  // namespace vfstock::sim::scenario
