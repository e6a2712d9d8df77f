#include "engine/panel/decorators/caching_panel.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "engine/base/contract.h"

namespace vfstock::panel {
namespace {

/// In the order in which they came first.
template <class Id>
void keep_each_once(std::vector<Id>& ids) {
  std::set<Id> seen;
  std::erase_if(ids, [&](Id id) { return !seen.insert(id).second; });
}

}  // namespace

template <class Id, class T>
struct CachingPanel::Wanted {
  struct One {
    Id id;
    Entry<T>* entry;
    bool is_new;  // answered in this batch, which may use it however short it lives
  };
  std::vector<One> all;

  Wanted(Entries<Id, T>& entries, const std::vector<Id>& ids) {
    all.reserve(ids.size());
    auto next = entries.begin();
    for (const Id id : ids) {
      // Most batches ask in the order of the ids.
      if (next == entries.end() || next->first != id) next = entries.try_emplace(id).first;
      all.push_back({id, &next->second, false});
      ++next;
    }
  }
  void add_open(Instant now, std::vector<Id>& open) const {
    for (const One& one : all) {
      if (!one.is_new && one.entry->until <= now) open.push_back(one.id);
    }
  }
  /// Takes the responses about what was open. `end`: of a response's life.
  template <class Responses, class End>
  void take(const std::vector<Id>& open, Responses& responses, End end) {
    auto one = all.begin();
    for (const Id id : open) {
      one = std::find_if(one, all.end(), [&](const One& each) { return each.id == id; });
      const auto response = responses.find(id);
      VFSTOCK_REQUIRE(one != all.end() && response != responses.end());
      one->entry->until = Instant::min();  // should the next step fail
      one->entry->told = std::move(response->second);
      one->entry->until = end(one->entry->told.lookup);
      one->is_new = true;
      ++one;
    }
  }
};

LookupResults CachingPanel::look_up(const Questions& questions, Milliseconds budget) {
  Wanted<PackageId, Package> packages(packages_, questions.packages);
  Wanted<GroupId, GroupResources> groups(groups_, questions.groups);
  const Instant begin = clock_.now();
  std::optional<Instant> asked;
  // What was asked for at one moment has nothing left to ask for at the same moment.
  for (Instant now = begin; now != asked; now = clock_.now()) {
    asked = now;
    Questions open;
    packages.add_open(now, open.packages);
    groups.add_open(now, open.groups);
    if (open.packages.empty() && open.groups.empty()) break;
    Answers told = inner_.ask(open, budget - (now - begin));
    packages.take(open.packages, told.packages, [&](const Lookup<Package>& lookup) {
      return end_of_life(lookup, now, lifetimes_.package);
    });
    groups.take(open.groups, told.groups, [&](const Lookup<GroupResources>& lookup) {
      return end_of_life(lookup, now, lifetimes_.group);
    });
  }
  LookupResults results;
  for (const auto& one : packages.all) results.add(one.id, one.entry->told);
  for (const auto& one : groups.all) results.add(one.id, one.entry->told);
  return results;
}

Answers CachingPanel::ask(const Questions& questions, Milliseconds budget) {
  Questions each_once = questions;
  keep_each_once(each_once.packages);
  keep_each_once(each_once.groups);
  const LookupResults results = look_up(each_once, budget);
  Answers answers;
  for (const auto& [id, told] : results.packages()) answers.packages.emplace(id, *told);
  for (const auto& [id, told] : results.groups()) answers.groups.emplace(id, *told);
  return answers;
}

Told<Connected> CachingPanel::connect(Milliseconds budget) { return inner_.connect(budget); }

template <class T>
Instant CachingPanel::end_of_life(const Lookup<T>& lookup, Instant asked,
                                  std::chrono::seconds found) const {
  return lookup.match([&](const T&) { return asked + found; },
                      [&](Missing) { return asked + lifetimes_.missing; },
                      [](const Unavailable&) { return Instant::min(); });
}

void CachingPanel::forget(std::span<const GroupId> groups) {
  for (const GroupId id : groups) {
    if (const auto known = groups_.find(id); known != groups_.end()) {
      known->second.until = Instant::min();
    }
  }
}

void CachingPanel::forget_everything() {
  for (auto& [id, entry] : packages_) entry.until = Instant::min();
  for (auto& [id, entry] : groups_) entry.until = Instant::min();
}

}  // namespace vfstock::panel
