// A Panel around a Panel that remembers what was answered, for as long as the policy allows.
//
// Found and Missing are kept, each for its own lifetime; Unavailable never is, and a failure never
// prolongs what is remembered. An answer counts from the moment when it was asked for, so it is
// never older than its lifetime when it is used. What runs out while the rest of a batch is being
// asked is asked again in the same batch. Not thread-safe.
#pragma once

#include <chrono>
#include <map>
#include <span>

#include "engine/panel/panel.h"

namespace vfstock::panel {

/// A lifetime of 0 remembers nothing.
struct Lifetimes {
  std::chrono::seconds package{600};  // found
  std::chrono::seconds group{120};    // found
  std::chrono::seconds missing{60};   // either
};

class CachingPanel final : public Panel {
 public:
  CachingPanel(Panel& inner, const Clock& clock, Lifetimes lifetimes)
      : inner_(inner), clock_(clock), lifetimes_(lifetimes) {}

  Answers ask(const Questions& questions, Milliseconds budget) override;
  /// Never remembered.
  Told<Connected> connect(Milliseconds budget) override;

  /// The next question about these groups goes to the panel.
  void forget(std::span<const GroupId> groups);
  void forget_everything();

 private:
  template <class T>
  struct Remembered {
    Told<T> told;
    Instant until{};
  };
  template <class Id, class T>
  using Memory = std::map<Id, Remembered<T>>;

  template <class T>
  std::chrono::seconds lifetime(const Lookup<T>& lookup, std::chrono::seconds found) const;
  template <class Id, class T>
  void remember(Memory<Id, T>& memory, const std::map<Id, Told<T>>& answers, Instant asked,
                std::chrono::seconds found) const;

  Panel& inner_;
  const Clock& clock_;
  Lifetimes lifetimes_;
  Memory<PackageId, Package> packages_;
  Memory<GroupId, GroupResources> groups_;
};

}  // namespace vfstock::panel
