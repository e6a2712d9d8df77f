// A Panel around a Panel that remembers what was answered, for as long as the policy allows.
//
// Found and Missing are kept, each for its own lifetime; Unavailable never is, and a failure never
// prolongs what is remembered. An answer counts from the moment when it was asked for, so it is
// never older than its lifetime when it is used. What runs out while the rest of a batch is being
// asked is asked again in the same batch.
//
// What is remembered stands in its place between batches and carries a version, so that whoever
// rests something on it (a decision, a prepared group) can tell whether it still says the same.
// Nothing may be read there but what the present batch has looked up. Not thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "engine/panel/panel.h"

namespace vfstock::panel {

/// A lifetime of 0 remembers nothing.
struct Lifetimes {
  std::chrono::seconds package{600};  // found
  std::chrono::seconds group{120};    // found
  std::chrono::seconds missing{60};   // either
};

/// What was last told about one id.
template <class Id, class T>
class Standing {
 public:
  explicit Standing(Id id) : id_(id) {}

  Id id() const noexcept { return id_; }
  const Lookup<T>& lookup() const noexcept { return told_.lookup; }
  const Told<T>& told() const noexcept { return told_; }
  /// Rises whenever the lookup may differ from before; no two contents of one cache share it.
  std::uint64_t version() const noexcept { return version_; }

 private:
  friend class CachingPanel;
  Id id_;
  Told<T> told_{Unavailable{Reason::deadline, "never asked"}, {}};
  std::uint64_t version_ = 0;
  Instant until_ = Instant::min();                // what is told may be used before this moment
  std::uint64_t told_in_ = 0, looked_up_in_ = 0;  // numbers of batches
  std::uint64_t kept_in_ = 0;                     // number of the kept batch that names it
};
using StandingPackage = Standing<PackageId, Package>;
using StandingGroup = Standing<GroupId, GroupResources>;

class CachingPanel final : public Panel {
 public:
  CachingPanel(Panel& inner, const Clock& clock, Lifetimes lifetimes)
      : inner_(inner), clock_(clock), lifetimes_(lifetimes) {}

  /// Where the answers about this id stand, for as long as the cache lives.
  StandingPackage& package(PackageId id) { return place_of(packages_, id); }
  StandingGroup& group(GroupId id) { return place_of(groups_, id); }

  /// What one batch needs, each id once.
  struct Batch {
    std::vector<StandingPackage*> packages;
    std::vector<StandingGroup*> groups;

    void keep_each_once();
  };
  /// Begins a batch and brings all of it up to date, asking only for what is not known. `budget`
  /// bounds the whole. When the panel throws nothing counts as looked up.
  void look_up(const Batch& batch, Milliseconds budget);

  /// A batch that is looked up again and again. As long as nothing was told or forgotten of any
  /// package, and none runs out, a look_up() need not go through its packages.
  class KeptBatch {
   public:
    const Batch& all() const noexcept { return all_; }

   private:
    friend class CachingPanel;
    Batch all_;
    std::uint64_t number_ = 0;  // 0: made by no cache
    // Until when, at the earliest, all packages hold, when they were last gone through.
    Instant packages_until_ = Instant::min();
    std::uint64_t package_news_ = 0;  // as it was then
  };
  /// Takes the place of the batch that was kept before. `batch` names each id once.
  KeptBatch keep(Batch batch);
  /// The same as look_up() of all of it.
  void look_up(KeptBatch& batch, Milliseconds budget);
  /// Rises whenever something was told of any package, or all was forgotten.
  std::uint64_t package_news() const noexcept { return package_news_; }
  /// Whether the present batch has looked it up, so that what stands there may be used.
  template <class Id, class T>
  bool is_looked_up(const Standing<Id, T>& standing) const noexcept {
    return standing.looked_up_in_ == batch_ ||
           (kept_is_looked_up_ && standing.kept_in_ == kept_batch_);
  }
  /// The newest version of anything that stands here.
  std::uint64_t version() const noexcept { return version_; }

  /// A batch of its own whose answers are copied out.
  Answers ask(const Questions& questions, Milliseconds budget) override;
  /// Never remembered.
  Told<Connected> connect(Milliseconds budget) override;

  /// The next question about these groups goes to the panel.
  void forget(std::span<const GroupId> groups);
  void forget_everything();

 private:
  template <class Id, class T>
  using Memory = std::map<Id, Standing<Id, T>>;

  template <class Id, class T>
  static Standing<Id, T>& place_of(Memory<Id, T>& memory, Id id) {
    return memory.try_emplace(id, id).first->second;
  }
  /// Asks until nothing of the batch is open. `holds`: no package is, seen from this moment.
  template <class Holds>
  void bring_up_to_date(const Batch& batch, Milliseconds budget, Holds packages_hold);
  template <class Place>
  void find_open(const std::vector<Place*>& wanted, Instant now, std::vector<Place*>& open) const;
  /// Those about what is open.
  const Questions& questions();
  template <class T>
  std::chrono::seconds lifetime(const Lookup<T>& lookup, std::chrono::seconds found) const;
  /// Takes the answers about what is open; false: about something there is none.
  template <class Id, class T>
  bool remember(const std::vector<Standing<Id, T>*>& open, ById<Id, Told<T>>& answers,
                Instant asked, std::chrono::seconds found);

  Panel& inner_;
  const Clock& clock_;
  Lifetimes lifetimes_;
  Memory<PackageId, Package> packages_;
  Memory<GroupId, GroupResources> groups_;
  std::uint64_t version_ = 0;
  std::uint64_t batch_ = 1;  // no place was looked up in it
  std::uint64_t package_news_ = 1;
  std::uint64_t kept_batch_ = 0;    // number of the kept batch
  bool kept_is_looked_up_ = false;  // in the present batch
  Batch open_;                      // what of it is being asked; kept for its memory
  Questions questions_;             // the same
};

}  // namespace vfstock::panel
