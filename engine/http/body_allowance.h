// How many bytes the bodies of one fetch may hold, so that several answers without end take no more
// memory than one.
//
// Each body has a first mebibyte of its own; what goes beyond it comes out of one room for all, and
// stays taken when the body has become an answer, because answers wait for one another. An ordinary
// answer never leaves its own mebibyte, so it does not depend on what its neighbours do.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace vfstock::http {

/// The room that all bodies of a fetch share. Bytes.
class SharedBodyRoom {
 public:
  /// For bodies of up to `body_bytes` each, which is positive.
  explicit SharedBodyRoom(std::int64_t body_bytes) noexcept
      : whole_(static_cast<std::size_t>(body_bytes)),
        own_(static_cast<std::size_t>(std::min(body_bytes, own_bytes_max))) {
    renew();
  }

  /// The next fetch begins; no body is in flight.
  void renew() noexcept { free_ = whole_ - own_; }

 private:
  friend class BodyAllowance;
  static constexpr std::int64_t own_bytes_max = std::int64_t{1024} * 1024;

  std::size_t whole_;
  std::size_t own_;
  std::size_t free_ = 0;
};

/// What one body may hold.
class BodyAllowance {
 public:
  explicit BodyAllowance(SharedBodyRoom& shared) noexcept : shared_(shared) {}
  ~BodyAllowance() { give_back(); }
  BodyAllowance(const BodyAllowance&) = delete;
  BodyAllowance& operator=(const BodyAllowance&) = delete;

  std::size_t whole() const noexcept { return shared_.whole_; }  // the most that any body may hold
  std::size_t own() const noexcept { return shared_.own_; }      // whatever the others do

  /// The body grows to `size` bytes. False: there is no room, and nothing has changed.
  bool grow_to(std::size_t size) noexcept {
    const std::size_t beyond = size > shared_.own_ ? size - shared_.own_ : 0;
    if (beyond > taken_ + shared_.free_) return false;
    shared_.free_ = shared_.free_ + taken_ - beyond;
    taken_ = beyond;
    return true;
  }

  /// The body is gone.
  void give_back() noexcept { grow_to(0); }
  /// The body is an answer now, and its room taken until the next fetch.
  void leave() noexcept { taken_ = 0; }

 private:
  SharedBodyRoom& shared_;
  std::size_t taken_ = 0;
};

}  // namespace vfstock::http
