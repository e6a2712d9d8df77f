// What was sold, when, and how long it lasted: what a demand model is learnt from.
//
// Times are seconds since 1970-01-01 00:00 on the clock of whoever wrote the history. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace vfstock::sim::forecast::fit {

inline constexpr double hour_s = 3600, day_s = 24 * hour_s, week_s = 7 * day_s,
                        month_s = 30 * day_s;

/// VPSes of one product that came together and, as far as is known, went together.
struct Sale {
  std::string product;  // its id, or what a trace calls it
  double at = 0;
  bool hour_known = true;  // else the day alone
  std::int64_t batch = 0;  // what is sold in one order is one batch
  std::int64_t vps = 1;
  std::int64_t group = 0;      // where; 0: not known
  std::optional<double> life;  // until it ended, or until the history ends; nothing: not known
  bool running = false;        // still there when the history ends
  std::string cycle;           // how it is paid: "Monthly", "Annually"; empty: not known
  std::optional<double> ends;  // a cancellation that is scheduled after the history's end
};

/// From `from` on, before `until`.
struct Span {
  double from = 0, until = 0;
};
/// Ascending, not empty, none touching the next.
std::vector<Span> merged(std::vector<Span> spans);

/// A time out of the ordinary that somebody named: a promotion, an outage. A name may come back.
struct NamedEvent {
  std::string name;
  Span span;
};

struct History {
  std::string source;       // for people
  std::vector<Sale> sales;  // ascending times, all before `end`
  double end = 0;
  /// By product: when the shop showed 0, so that nothing could be ordered.
  std::map<std::string, std::vector<Span>> closed;
  /// By product: gaps between sales that began with a sale of the last one; when within the gap
  /// there was stock again is not known.
  std::map<std::string, std::vector<Span>> emptied;
  std::vector<NamedEvent> events;
  /// What was left out or taken for something else, a sentence each.
  std::vector<std::string> remarks;
};

/// As if this moment were the last: what came later did not, and what ended later still runs.
void end_at(History& history, double end);

}  // namespace vfstock::sim::forecast::fit
