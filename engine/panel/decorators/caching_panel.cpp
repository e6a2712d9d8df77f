#include "engine/panel/decorators/caching_panel.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <stdexcept>
#include <utility>

namespace vfstock::panel {
namespace {

// The revision says whether a group's columns are the same; a panel that gives one revision to two
// of them is not believed.
bool same(const Package& one, const Package& other) { return one == other; }
bool same(const GroupResources& one, const GroupResources& other) {
  return one.revision == other.revision && one.hypervisors == other.hypervisors;
}

/// Whether nothing that rests on the first could come out differently on the second.
template <class T>
bool says_the_same(const Lookup<T>& before, const Lookup<T>& now) {
  return now.match(
      [&](const T& value) {
        return before.if_found() != nullptr && same(*before.if_found(), value);
      },
      [&](Missing) { return before.is_missing(); }, [](const Unavailable&) { return false; });
}

/// In the order in which they came first.
template <class Place>
void keep_firsts(std::vector<Place*>& places) {
  std::set<const Place*> seen;
  std::erase_if(places, [&](const Place* place) { return !seen.insert(place).second; });
}

}  // namespace

void CachingPanel::Batch::keep_each_once() {
  keep_firsts(packages);
  keep_firsts(groups);
}

template <class Place>
void CachingPanel::find_open(const std::vector<Place*>& wanted, Instant now,
                             std::vector<Place*>& open) const {
  for (Place* const place : wanted) {
    if (place->told_in_ != batch_ && place->until_ <= now) open.push_back(place);
  }
}

void CachingPanel::look_up(const Batch& batch, Milliseconds budget) {
  bring_up_to_date(batch, budget, [](Instant) { return false; });
  for (StandingPackage* const place : batch.packages) place->looked_up_in_ = batch_;
  for (StandingGroup* const place : batch.groups) place->looked_up_in_ = batch_;
}

CachingPanel::KeptBatch CachingPanel::keep(Batch batch) {
  KeptBatch kept;
  kept.all_ = std::move(batch);
  kept.number_ = ++kept_batch_;
  kept_is_looked_up_ = false;
  for (StandingPackage* const place : kept.all_.packages) place->kept_in_ = kept.number_;
  for (StandingGroup* const place : kept.all_.groups) place->kept_in_ = kept.number_;
  return kept;
}

void CachingPanel::look_up(KeptBatch& batch, Milliseconds budget) {
  if (batch.number_ == 0 || batch.number_ != kept_batch_) {
    throw std::logic_error("this batch is not the one that is kept");
  }
  bring_up_to_date(batch.all_, budget, [&](Instant now) {
    return batch.package_news_ == package_news_ && now < batch.packages_until_;
  });
  if (batch.package_news_ != package_news_) {
    batch.packages_until_ = Instant::max();
    for (const StandingPackage* const place : batch.all_.packages) {
      batch.packages_until_ = std::min(batch.packages_until_, place->until_);
    }
    batch.package_news_ = package_news_;
  }
  kept_is_looked_up_ = true;
}

template <class Holds>
void CachingPanel::bring_up_to_date(const Batch& batch, Milliseconds budget, Holds packages_hold) {
  ++batch_;
  kept_is_looked_up_ = false;
  const Instant begin = clock_.now();
  for (Instant now = begin;; now = clock_.now()) {
    open_.packages.clear();
    open_.groups.clear();
    if (!packages_hold(now)) find_open(batch.packages, now, open_.packages);
    find_open(batch.groups, now, open_.groups);
    if (open_.packages.empty() && open_.groups.empty()) break;
    Answers told = inner_.ask(questions(), budget - (now - begin));
    // Counted before anything changes, lest an exception leave news that nobody sees.
    if (!told.packages.empty()) ++package_news_;
    const bool packages = remember(open_.packages, told.packages, now, lifetimes_.package);
    const bool groups = remember(open_.groups, told.groups, now, lifetimes_.group);
    if (!packages || !groups) {
      throw std::logic_error("the panel left a question without an answer");
    }
  }
}

const Questions& CachingPanel::questions() {
  questions_.packages.clear();
  questions_.groups.clear();
  for (const StandingPackage* const place : open_.packages) {
    questions_.packages.push_back(place->id());
  }
  for (const StandingGroup* const place : open_.groups) questions_.groups.push_back(place->id());
  return questions_;
}

Answers CachingPanel::ask(const Questions& questions, Milliseconds budget) {
  Batch batch;
  for (const PackageId id : questions.packages) batch.packages.push_back(&package(id));
  for (const GroupId id : questions.groups) batch.groups.push_back(&group(id));
  batch.keep_each_once();
  look_up(batch, budget);
  Answers answers;
  for (const StandingPackage* place : batch.packages) {
    answers.packages.emplace(place->id(), place->told());
  }
  for (const StandingGroup* place : batch.groups)
    answers.groups.emplace(place->id(), place->told());
  return answers;
}

Told<Connected> CachingPanel::connect(Milliseconds budget) { return inner_.connect(budget); }

template <class T>
std::chrono::seconds CachingPanel::lifetime(const Lookup<T>& lookup,
                                            std::chrono::seconds found) const {
  return lookup.match([&](const T&) { return found; }, [&](Missing) { return lifetimes_.missing; },
                      [](const Unavailable&) { return std::chrono::seconds{0}; });
}

template <class Id, class T>
bool CachingPanel::remember(const std::vector<Standing<Id, T>*>& open, ById<Id, Told<T>>& answers,
                            Instant asked, std::chrono::seconds found) {
  bool all = true;
  auto next = answers.begin();
  for (Standing<Id, T>* const each : open) {
    Standing<Id, T>& place = *each;
    // Most are asked for, and so answered, in the order of their ids.
    const bool in_order = next != answers.end() && next->first == place.id();
    const auto answer = in_order ? next : answers.find(place.id());
    if (answer == answers.end()) {
      all = false;
      continue;
    }
    next = std::next(answer);
    Told<T>& told = answer->second;
    // What lives for no time at all is good for this batch and no other.
    place.until_ = asked + lifetime(told.lookup, found);
    if (says_the_same(place.told_.lookup, told.lookup)) {
      place.told_.evidence = std::move(told.evidence);
    } else {
      place.version_ = ++version_;
      place.told_ = std::move(told);
    }
    place.told_in_ = batch_;
  }
  return all;
}

void CachingPanel::forget(std::span<const GroupId> groups) {
  for (const GroupId id : groups) {
    if (const auto known = groups_.find(id); known != groups_.end()) {
      known->second.until_ = Instant::min();
    }
  }
}

void CachingPanel::forget_everything() {
  ++package_news_;
  for (auto& [id, place] : packages_) place.until_ = Instant::min();
  for (auto& [id, place] : groups_) place.until_ = Instant::min();
}

}  // namespace vfstock::panel
