// A Panel around a Panel that keeps what was answered, for as long as the policy allows: id ->
// entry with its lifetime, and nothing else.
//
// Found and Missing are kept, each for its own lifetime; Unavailable never is, and a failure never
// prolongs what is kept. A response counts from the moment when it was asked for, so it is never
// older than its lifetime when it is used. What runs out while the rest of a batch is being asked
// is asked again in the same batch. The same questions again cost a look at the lifetimes.
// Not thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
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
  /// results refer to entries, with their versions, and are good until the next batch. When the
  /// panel throws, so does it.
  const LookupResults& look_up(const Questions& questions, Milliseconds budget);
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
    std::uint64_t version = 0;       // the next is given with the next response
    std::uint64_t batch = 0;         // that was answered it
  };
  template <class Id, class T>
  using Entries = std::map<Id, Entry<T>>;

  /// What of one kind a batch is about. Entries stay where they are.
  template <class Id, class T>
  struct Wanted {
    struct One {
      Id id;
      Entry<T>* entry;
    };
    std::vector<One> all;
    Instant first_end = Instant::min();  // none of them ends before

    Wanted() = default;
    Wanted(Entries<Id, T>& entries, const std::vector<Id>& ids);
    /// Adds those that may not be used at this moment; what this batch was answered may be,
    /// however short it lives.
    void add_open(Instant now, std::uint64_t batch, std::vector<Id>& open);
  };
  /// The questions that were looked up last, with the entries that answer them.
  struct Batch {
    Questions questions;
    Wanted<PackageId, Package> packages;
    Wanted<GroupId, GroupResources> groups;
    LookupResults results;
  };

  void be_about(const Questions& questions);
  /// Takes the responses about what was open; `found`: the lifetime of a record that is there.
  template <class Id, class T, class Responses>
  void take(const Wanted<Id, T>& wanted, const std::vector<Id>& open, Responses& responses,
            Instant asked, std::chrono::seconds found);
  template <class T>
  Instant end_of_life(const Lookup<T>& lookup, Instant asked, std::chrono::seconds found) const;

  Panel& inner_;
  const Clock& clock_;
  Lifetimes lifetimes_;
  Entries<PackageId, Package> packages_;
  Entries<GroupId, GroupResources> groups_;
  std::uint64_t versions_ = 0;  // given so far
  std::uint64_t batches_ = 0;   // begun so far
  Batch batch_;
  Questions open_;  // of the batch; a member for its memory
};

}  // namespace vfstock::panel
