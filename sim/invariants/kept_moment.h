// A moment that the client keeps as calendar time, so that it survives a restart.
//
// Once the calendar was set, the client reads another moment at each start: any, but one that lies
// ahead counts as now.
#pragma once

#include <optional>

#include "sim/invariants/trace.h"

namespace vfstock::sim::invariants {

class KeptMoment {
 public:
  void is(Time moment) {
    latest_ = moment;
    misdated_ = doubtful_ = false;
  }
  void calendar_set() { misdated_ = latest_.has_value(); }
  void client_started(Time now) {
    doubtful_ = misdated_;
    if (misdated_) latest_ = now;
  }

  /// The latest that the client can take it for; nullopt before there is any.
  const std::optional<Time>& latest() const { return latest_; }
  /// The client may take it for an earlier one, too.
  bool is_doubtful() const { return doubtful_; }

 private:
  std::optional<Time> latest_;
  bool misdated_ = false;  // the calendar was set since
  bool doubtful_ = false;  // the client started since then
};

}  // namespace vfstock::sim::invariants
