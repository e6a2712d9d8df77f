// What a batch of lookups came to, by id: the answers that a plan is made of.
//
// It refers to responses that are kept elsewhere (a cache, an Answers), which must stay as they are
// while it is used. An id that is not here was not looked up in this batch, and nothing may be
// concluded about it.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/panel/panel.h"

namespace vfstock::panel {

class LookupResults {
 public:
  using PackageEntry = std::pair<PackageId, const Told<Package>*>;
  using GroupEntry = std::pair<GroupId, const Told<GroupResources>*>;

  LookupResults() = default;
  explicit LookupResults(const Answers& answers) {
    for (const auto& [id, told] : answers.packages) add(id, told);
    for (const auto& [id, told] : answers.groups) add(id, told);
  }
  /// Asking itself failed unexpectedly, so that nothing is known of anything.
  static LookupResults failed(std::string why) {
    LookupResults none;
    none.failure_ = std::move(why);
    return none;
  }

  /// In any order; an id that is known already keeps its response.
  void add(PackageId id, const Told<Package>& told) { insert(packages_, id, &told); }
  void add(GroupId id, const Told<GroupResources>& told) { insert(groups_, id, &told); }

  /// Null: it was not looked up.
  const Told<Package>* package(PackageId id) const { return find(packages_, id); }
  const Told<GroupResources>* group(GroupId id) const { return find(groups_, id); }
  /// By ascending id.
  std::span<const PackageEntry> packages() const noexcept { return packages_; }
  std::span<const GroupEntry> groups() const noexcept { return groups_; }
  const std::optional<std::string>& failure() const noexcept { return failure_; }

 private:
  template <class Entry, class Id>
  static auto place(Entry& entries, Id id) {
    return std::lower_bound(entries.begin(), entries.end(), id,
                            [](const auto& entry, Id wanted) { return entry.first < wanted; });
  }
  template <class Entries, class Id, class Response>
  static void insert(Entries& entries, Id id, const Response* told) {
    if (entries.empty() || entries.back().first < id) {
      entries.emplace_back(id, told);
      return;
    }
    const auto at = place(entries, id);
    if (at == entries.end() || at->first != id) entries.emplace(at, id, told);
  }
  template <class Entries, class Id>
  static auto find(const Entries& entries, Id id) -> decltype(entries.front().second) {
    const auto at = place(entries, id);
    return at != entries.end() && at->first == id ? at->second : nullptr;
  }

  std::vector<PackageEntry> packages_;
  std::vector<GroupEntry> groups_;
  std::optional<std::string> failure_;
};

}  // namespace vfstock::panel
