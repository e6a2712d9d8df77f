#include "mockpanel/wire/request_journal.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mockpanel/faults/reception.h"

namespace vfstock::mockpanel::wire {
namespace {

using faults::Delivery;
using faults::End;

bool speaks_of_a_secret(std::string_view name) {
  constexpr std::array<std::string_view, 5> words{"token", "auth", "key", "pass", "secret"};
  std::string small(name);
  std::transform(small.begin(), small.end(), small.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return small.find(word) != std::string::npos; });
}

std::string target_of(const api::Request& request) {
  std::string target = request.path;
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    target += separator;
    target += name;
    target += '=';
    target += speaks_of_a_secret(name) ? "***" : value;
    separator = '&';
  }
  return target;
}

std::string_view name_of(End end) {
  switch (end) {
    case End::whole:
      return "whole";
    case End::cut:
      return "cut";
    case End::no_answer:
      return "no-answer";
    case End::reset:
      return "reset";
    case End::refused:
      return "refused";
    case End::closed:
      return "closed";
    case End::torn:
      return "torn";
    case End::stalled:
      return "stalled";
  }
  return "unknown";
}

std::size_t bytes_of(const Delivery& delivery) {
  switch (delivery.end) {
    case End::whole:
      return delivery.response.body.size();
    case End::cut:
    case End::torn:
    case End::stalled:
      return std::min(delivery.cut_after, delivery.response.body.size());
    default:
      return 0;
  }
}

bool has_status_line(const Delivery& delivery) {
  return faults::received(delivery).response.status != 0;
}

}  // namespace

JournalEntry journal_entry(const api::Request& request, const Delivery& delivery,
                           std::string_view fault, std::chrono::milliseconds at) {
  JournalEntry entry;
  entry.at = at;
  entry.method = request.method;
  entry.target = target_of(request);
  entry.status = has_status_line(delivery) ? delivery.response.status : 0;
  entry.fault = fault;
  entry.bytes = bytes_of(delivery);
  entry.end = name_of(delivery.end);
  return entry;
}

RequestJournal::RequestJournal(std::size_t capacity)
    : capacity_(std::max<std::size_t>(capacity, 1)) {}

void RequestJournal::record(JournalEntry entry) {
  const std::lock_guard lock(mutex_);
  entry.ordinal = ++recorded_;
  if (entries_.size() == capacity_) entries_.pop_front();
  entries_.push_back(std::move(entry));
}

std::vector<JournalEntry> RequestJournal::entries() const {
  const std::lock_guard lock(mutex_);
  return {entries_.begin(), entries_.end()};
}

std::uint64_t RequestJournal::recorded() const {
  const std::lock_guard lock(mutex_);
  return recorded_;
}

}  // namespace vfstock::mockpanel::wire
