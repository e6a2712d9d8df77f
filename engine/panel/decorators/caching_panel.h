// A Panel around a Panel that keeps what was answered, for as long as the policy allows: id ->
// entry with its lifetime, and nothing else.
//
// Found and Missing are kept, each for its own lifetime; Unavailable never is, and a failure never
// prolongs what is kept. A response counts from the moment when it was asked for, so it is never
// older than its lifetime when it is used. What runs out while the rest of a batch is being asked
// is asked again in the same batch. Not thread-safe.
#pragma once

#include <chrono>
#include <map>
#include <span>
#include <vector>

#include "engine/panel/lookup_results.h"
#include "engine/panel/panel.h"

namespace vfstock::panel {

/// A lifetime of 0 keeps nothing.
struct Lifetimes {
  std::chrono::seconds package{600};  // found
  std::chrono::seconds group{120};    // found
  std::chrono::seconds missing{60};   // either
};

class CachingPanel final : public Panel {
 public:
  CachingPanel(Panel& inner, const Clock& clock, Lifetimes lifetimes)
      : inner_(inner), clock_(clock), lifetimes_(lifetimes) {}

  /// `questions` name each id once. Asks only for what is not known; `budget` bounds the whole. The
  /// results refer to entries and are good until the next batch. When the panel throws, so does it.
  LookupResults look_up(const Questions& questions, Milliseconds budget);
  /// The same, copied out; duplicates are allowed.
  Answers ask(const Questions& questions, Milliseconds budget) override;
  /// Never kept.
  Told<Connected> connect(Milliseconds budget) override;

  /// The next question about these groups goes to the panel.
  void forget(std::span<const GroupId> groups);
  void forget_everything();

 private:
  template <class T>
  struct Entry {
    Told<T> told{Unavailable{Reason::deadline, "never asked"}, {}};
    Instant until = Instant::min();  // it may be used before this moment
  };
  template <class Id, class T>
  using Entries = std::map<Id, Entry<T>>;

  /// What of one kind a batch is about, and which of it was answered in the batch.
  template <class Id, class T>
  struct Wanted;
  template <class T>
  Instant end_of_life(const Lookup<T>& lookup, Instant asked, std::chrono::seconds found) const;

  Panel& inner_;
  const Clock& clock_;
  Lifetimes lifetimes_;
  Entries<PackageId, Package> packages_;
  Entries<GroupId, GroupResources> groups_;
};

}  // namespace vfstock::panel
