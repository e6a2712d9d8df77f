// What a batch of lookups came to, by id: the answers that a plan is made of.
//
// It refers to responses that are kept elsewhere (a cache, an Answers), which must stay as they are
// while it is used. An id that is not here was not looked up in this batch, and nothing may be
// concluded about it.
//
// Each response has a version: two that one cache keeps about one record under the same version are
// the same. 0 is the version of a response of which nothing of the kind is known.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/panel/panel.h"

namespace vfstock::panel {

class LookupResults {
 public:
  template <class Id, class T>
  struct Entry {
    Id id;
    const Told<T>* told;
    std::uint64_t version;
  };
  using PackageEntry = Entry<PackageId, Package>;
  using GroupEntry = Entry<GroupId, GroupResources>;

 private:
  template <class Entries, class Id>
  static auto place(Entries& entries, Id id) {
    return std::lower_bound(entries.begin(), entries.end(), id,
                            [](const auto& entry, Id wanted) { return entry.id < wanted; });
  }
  template <class Id, class T>
  static void insert(std::vector<Entry<Id, T>>& entries, Entry<Id, T> added) {
    if (entries.empty() || entries.back().id < added.id) {
      entries.push_back(added);
      return;
    }
    const auto at = place(entries, added.id);
    if (at == entries.end() || at->id != added.id) entries.insert(at, added);
  }
  template <class Id, class T>
  static const Told<T>* find(const std::vector<Entry<Id, T>>& entries, Id id) {
    const auto at = place(entries, id);
    return at != entries.end() && at->id == id ? at->told : nullptr;
  }

 public:
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
  void add(PackageId id, const Told<Package>& told, std::uint64_t version = 0) {
    insert(packages_, PackageEntry{id, &told, version});
  }
  void add(GroupId id, const Told<GroupResources>& told, std::uint64_t version = 0) {
    insert(groups_, GroupEntry{id, &told, version});
  }
  /// Where the response of an id that was added has become another.
  void replaced(PackageId id, std::uint64_t version) { place(packages_, id)->version = version; }
  void replaced(GroupId id, std::uint64_t version) { place(groups_, id)->version = version; }

  /// Null: it was not looked up.
  const Told<Package>* package(PackageId id) const { return find(packages_, id); }
  const Told<GroupResources>* group(GroupId id) const { return find(groups_, id); }
  /// By ascending id.
  std::span<const PackageEntry> packages() const noexcept { return packages_; }
  std::span<const GroupEntry> groups() const noexcept { return groups_; }
  const std::optional<std::string>& failure() const noexcept { return failure_; }

 private:
  std::vector<PackageEntry> packages_;
  std::vector<GroupEntry> groups_;
  std::optional<std::string> failure_;
};

}  // namespace vfstock::panel
