// A map from ids to values in one block of memory, sorted by id: what a batch of answers is kept
// in.
//
// A batch is made, read and thrown away, mostly in the order of its ids; a tree would cost an
// allocation for every answer. The part of std::map's interface that is used here, with the same
// meaning, except that adding an entry invalidates iterators.
#pragma once

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

namespace vfstock::panel {

template <class Id, class T>
class ById {
 public:
  using value_type = std::pair<Id, T>;
  using iterator = typename std::vector<value_type>::iterator;
  using const_iterator = typename std::vector<value_type>::const_iterator;

  iterator begin() noexcept { return entries_.begin(); }
  iterator end() noexcept { return entries_.end(); }
  const_iterator begin() const noexcept { return entries_.begin(); }
  const_iterator end() const noexcept { return entries_.end(); }
  std::size_t size() const noexcept { return entries_.size(); }
  bool empty() const noexcept { return entries_.empty(); }
  void reserve(std::size_t entries) { entries_.reserve(entries); }

  iterator find(Id id) {
    const iterator at = place(id);
    return at != end() && at->first == id ? at : end();
  }
  const_iterator find(Id id) const { return const_cast<ById*>(this)->find(id); }
  bool contains(Id id) const { return find(id) != end(); }
  /// Throws std::out_of_range when there is none.
  T& at(Id id) {
    const iterator found = find(id);
    if (found == end()) throw std::out_of_range("no answer of this id");
    return found->second;
  }
  const T& at(Id id) const { return const_cast<ById*>(this)->at(id); }

  /// Changes nothing where there is an entry already.
  template <class... Arguments>
  std::pair<iterator, bool> try_emplace(Id id, Arguments&&... arguments) {
    const iterator at = place(id);
    if (at != end() && at->first == id) return {at, false};
    return {entries_.emplace(at, std::piecewise_construct, std::forward_as_tuple(id),
                             std::forward_as_tuple(std::forward<Arguments>(arguments)...)),
            true};
  }
  /// The same with what `make()` gives; at the end it need not be moved.
  template <class Make>
  std::pair<iterator, bool> try_make(Id id, const Make& make) {
    struct Made {
      const Make& make;
      operator T() const { return make(); }
    };
    return try_emplace(id, Made{make});
  }
  template <class Value>
  std::pair<iterator, bool> emplace(Id id, Value&& value) {
    return try_emplace(id, std::forward<Value>(value));
  }
  template <class Value>
  void insert_or_assign(Id id, Value&& value) {
    const auto [at, added] = try_emplace(id, std::forward<Value>(value));
    if (!added) at->second = std::forward<Value>(value);
  }

 private:
  /// Where the id is, or belongs.
  iterator place(Id id) {
    if (entries_.empty() || entries_.back().first < id) return entries_.end();
    return std::lower_bound(
        entries_.begin(), entries_.end(), id,
        [](const value_type& entry, Id wanted) { return entry.first < wanted; });
  }

  std::vector<value_type> entries_;
};

}  // namespace vfstock::panel
