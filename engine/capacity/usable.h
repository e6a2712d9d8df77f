// What a quota can still give to new servers once the safety buffer is set aside.
//
// What is set aside depends on the quotas alone, which hardly ever change while what is free of
// them changes with every server, so it is remembered: dividing is most of the work. Where a few
// entries have moved, only they are worked out again.
#pragma once

#include <vector>

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

  /// Whether these quotas differ from those of the last find() in nothing but what is free. False
  /// where there are none.
  bool is_for(const QuotaColumn& quotas, const Percent& buffer) const;
  /// The same of one entry, where the columns are as long as they were.
  bool is_for(const QuotaColumn& quotas, Place entry) const {
    return quotas.max[entry] == max_[entry];
  }
  /// Adds the entries of which another amount is free, ascending.
  void add_moved(const QuotaColumn& quotas, std::vector<Place>& moved) const;
  /// The entry as find() would find it; is_for() these quotas.
  void update(const QuotaColumn& quotas, Place entry);

 private:
  void set_aside(const QuotaColumn& quotas, const Percent& buffer);

  Column set_aside_;
  Column max_;      // the quotas that it was found for; empty: none
  Percent buffer_;  // and the buffer
  Column free_;     // what was free then
  Column usable_;
};

}  // namespace vfstock::capacity
