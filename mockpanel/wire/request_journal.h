// What the mock panel was asked and what it delivered: the newest requests, kept in memory.
//
// Entries carry no header and no body, and query values whose name speaks of a secret are masked,
// so a token can never be read here. All functions may be called from any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "mockpanel/api/message.h"
#include "mockpanel/faults/delivery.h"

namespace vfstock::mockpanel::wire {

struct JournalEntry {
  std::uint64_t ordinal = 0;        // 1 is the first request ever
  std::chrono::milliseconds at{0};  // since the panel started
  std::string method;
  std::string target;     // path below the API's base and query
  int status = 0;         // 0: no status line was delivered
  std::string fault;      // id of the rule that fired, empty for none
  std::size_t bytes = 0;  // of the body, as far as it was meant to leave
  std::string end;  // "whole", "cut", "no-answer", "reset", "refused", "closed", "torn", "stalled"
};

/// The entry for one request and what is delivered for it; its ordinal is still open. `fault` is
/// the id of the rule that fired, empty for none.
JournalEntry journal_entry(const api::Request& request, const faults::Delivery& delivery,
                           std::string_view fault, std::chrono::milliseconds at);

class RequestJournal {
 public:
  /// Keeps the newest `capacity` entries, at least one.
  explicit RequestJournal(std::size_t capacity);

  /// Numbers the entry and keeps it, forgetting the oldest where there is no room.
  void record(JournalEntry entry);
  /// The oldest first.
  std::vector<JournalEntry> entries() const;
  /// How many requests there have ever been.
  std::uint64_t recorded() const;

 private:
  mutable std::mutex mutex_;
  std::size_t capacity_;
  std::uint64_t recorded_ = 0;
  std::deque<JournalEntry> entries_;
};

}  // namespace vfstock::mockpanel::wire
