// Tells when faults begin and end, as somebody who watches the panel wants to read it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "mockpanel/faults/injector.h"

namespace vfstock::sim::cli {

class FaultLog {
 public:
  /// A line for each fault that has begun or ended since the last time, e.g. `fault "down" begins:
  /// status` or `fault "down" ends: fired 3 times`. A fault begins when its rule is there and its
  /// window is open; it ends when it is removed, when its window is over, or when it can fire no
  /// more.
  std::vector<std::string> news(const std::vector<mockpanel::faults::Injector::Armed>& rules,
                                mockpanel::model::Time now);

 private:
  enum class State { waiting, on, over };
  struct Known {
    State state = State::waiting;
    std::int64_t fired = 0;
  };
  static State state_of(const mockpanel::faults::Injector::Armed& armed,
                        mockpanel::model::Time now);

  std::map<std::string, Known> known_;  // by id
};

}  // namespace vfstock::sim::cli
