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
CachingPanel::Wanted<Id, T>::Wanted(Entries<Id, T>& entries, const std::vector<Id>& ids) {
  all.reserve(ids.size());
  auto next = entries.begin();
  for (const Id id : ids) {
    // Most batches ask in the order of the ids.
    if (next == entries.end() || next->first != id) next = entries.try_emplace(id).first;
    all.push_back({id, &next->second});
    ++next;
  }
}

template <class Id, class T>
void CachingPanel::Wanted<Id, T>::add_open(Instant now, std::uint64_t batch,
                                           std::vector<Id>& open) {
  if (now < first_end) return;
  first_end = Instant::max();
  for (const One& one : all) {
    first_end = std::min(first_end, one.entry->until);
    if (one.entry->until <= now && one.entry->batch != batch) open.push_back(one.id);
  }
}

void CachingPanel::be_about(const Questions& questions) {
  if (batch_.questions.packages == questions.packages &&
      batch_.questions.groups == questions.groups) {
    return;
  }
  Batch batch{questions, {packages_, questions.packages}, {groups_, questions.groups}, {}};
  for (const auto& one : batch.packages.all) {
    batch.results.add(one.id, one.entry->told, one.entry->version);
  }
  for (const auto& one : batch.groups.all) {
    batch.results.add(one.id, one.entry->told, one.entry->version);
  }
  batch_ = std::move(batch);
}

const LookupResults& CachingPanel::look_up(const Questions& questions, Milliseconds budget) {
  be_about(questions);
  ++batches_;
  const Instant begin = clock_.now();
  std::optional<Instant> asked;
  // What was asked for at one moment has nothing left to ask for at the same moment.
  for (Instant now = begin; now != asked; now = clock_.now()) {
    asked = now;
    open_.packages.clear();
    open_.groups.clear();
    batch_.packages.add_open(now, batches_, open_.packages);
    batch_.groups.add_open(now, batches_, open_.groups);
    if (open_.packages.empty() && open_.groups.empty()) break;
    Answers told = inner_.ask(open_, budget - (now - begin));
    take(batch_.packages, open_.packages, told.packages, now, lifetimes_.package);
    take(batch_.groups, open_.groups, told.groups, now, lifetimes_.group);
  }
  return batch_.results;
}

template <class Id, class T, class Responses>
void CachingPanel::take(const Wanted<Id, T>& wanted, const std::vector<Id>& open,
                        Responses& responses, Instant asked, std::chrono::seconds found) {
  auto one = wanted.all.begin();
  auto response = responses.begin();
  for (const Id id : open) {
    one = std::find_if(one, wanted.all.end(), [&](const auto& each) { return each.id == id; });
    // Most batches ask in the order of the ids.
    if (response == responses.end() || response->first != id) response = responses.find(id);
    VFSTOCK_REQUIRE(one != wanted.all.end() && response != responses.end());
    Entry<T>& entry = *one->entry;
    entry.until = Instant::min();  // should the next step fail
    entry.version = ++versions_;
    batch_.results.replaced(id, entry.version);
    entry.told = std::move(response->second);
    entry.until = end_of_life(entry.told.lookup, asked, found);
    entry.batch = batches_;
    ++one;
    ++response;
  }
}

Answers CachingPanel::ask(const Questions& questions, Milliseconds budget) {
  Questions each_once = questions;
  keep_each_once(each_once.packages);
  keep_each_once(each_once.groups);
  const LookupResults& results = look_up(each_once, budget);
  Answers answers;
  for (const auto& entry : results.packages()) answers.packages.emplace(entry.id, *entry.told);
  for (const auto& entry : results.groups()) answers.groups.emplace(entry.id, *entry.told);
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
      known->second.until = batch_.groups.first_end = Instant::min();
    }
  }
}

void CachingPanel::forget_everything() {
  for (auto& [id, entry] : packages_) entry.until = Instant::min();
  for (auto& [id, entry] : groups_) entry.until = Instant::min();
  batch_.packages.first_end = batch_.groups.first_end = Instant::min();
}

}  // namespace vfstock::panel
