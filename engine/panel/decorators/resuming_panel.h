// A Panel around a Panel that asks first for what the batch before could not ask.
//
// A rate limit or a deadline ends a batch somewhere. If the next one began at the same end again,
// what stands at the other end would never be asked. What was not asked outlives the process, as
// part of the engine's memory. Not thread-safe.
#pragma once

#include <set>
#include <utility>
#include <vector>

#include "engine/panel/panel.h"

namespace vfstock::panel {

class ResumingPanel final : public Panel {
 public:
  explicit ResumingPanel(Panel& inner) : inner_(inner) {}

  Answers ask(const Questions& questions, Milliseconds budget) override;
  Told<Connected> connect(Milliseconds budget) override { return inner_.connect(budget); }

  /// What no request was made for, though it was wanted.
  struct Unasked {
    std::set<PackageId> packages;
    std::set<GroupId> groups;
  };
  const Unasked& unasked() const noexcept { return unasked_; }
  /// As a process before this one left it.
  void resume(Unasked unasked) { unasked_ = std::move(unasked); }

 private:
  Panel& inner_;
  Unasked unasked_;
};

}  // namespace vfstock::panel
