// What a quota can still give to new servers once the safety buffer is set aside.
//
// What is set aside depends on the quotas alone, which hardly ever change while what is free of
// them changes with every server, so it is remembered: dividing is most of the work.
#pragma once

#include "engine/capacity/columns.h"
#include "engine/capacity/percent.h"

namespace vfstock::capacity {

class UsableColumn {
 public:
  /// max(0, free - ceil(max × buffer/100)) for each entry, exact; infinity without a quota. Good
  /// until the next call. Allocates nothing where the column before had the same size.
  const Column& find(const QuotaColumn& quotas, const Percent& buffer);
  /// What was found last.
  const Column& column() const noexcept { return usable_; }

 private:
  void set_aside(const QuotaColumn& quotas, const Percent& buffer);

  Column set_aside_;
  Column max_;      // the quotas that it was found for; empty: none
  Percent buffer_;  // and the buffer
  Column usable_;
};

}  // namespace vfstock::capacity
