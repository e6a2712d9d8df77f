// How long an answer asks the client to leave the panel alone, read by the checker itself.
#pragma once

#include <chrono>

#include "sim/invariants/trace.h"

namespace vfstock::sim::invariants {

/// The calendar of a trace: it begins with the year 2026 (UTC), and somebody may set it.
class Calendar {
 public:
  void set(const ClockStepped& step) { offset_ += step.by; }
  std::chrono::sys_time<Time> date_at(Time now) const;

 private:
  Time offset_{};
};

/// What an answer's Retry-After means, from the answer on; at most a quarter of an hour.
struct Patience {
  Time at_least{0};  // asking sooner is against its word
  Time at_most{0};   // being silent for longer is not its word
};

/// Whole seconds, or a date as HTTP writes it (RFC 9110, 5.6.7, IMF-fixdate; a client that counts
/// in seconds may round the wait up, and what has no calendar heeds a date that has passed), of any
/// answer but a 200 with a document. Of anything else the rules do not say what it asks for:
/// nothing, or up to all that any panel may ask; nor whether a 200 that is no document asks at all.
Patience patience_asked(const Exchanged& exchange, const Calendar& calendar);

constexpr std::chrono::seconds patience_max{15 * 60};

}  // namespace vfstock::sim::invariants
