// Every kernel against division of whole numbers, where rounding is most likely to betray it.
#include <algorithm>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/property/capacity/arbitrary.h"

namespace vfstock::capacity {
namespace {

struct Column {
  std::int64_t need = 1;
  std::vector<std::int64_t> whole;
  std::vector<double> usable;
};

/// A multiple of the need, or its neighbour, below `bound`; else anything below it.
std::int64_t hard_dividend(std::int64_t need, std::int64_t bound) {
  if (*test::between(0, 3) == 0 || need >= bound) return *test::between(0, bound - 1);
  const std::int64_t multiple = *test::between(0, (bound - 1) / need) * need;
  return std::clamp<std::int64_t>(multiple + *test::between(-1, 1), 0, bound - 1);
}

Column any_column(std::size_t rows, std::int64_t bound) {
  Column column;
  column.need = std::max<std::int64_t>(*test::magnitude(), 1);
  for (std::size_t row = 0; row < rows; ++row) {
    column.whole.push_back(hard_dividend(column.need, bound));
    column.usable.push_back(static_cast<double>(column.whole.back()));
  }
  return column;
}

void kernels_agree_below(std::int64_t bound, Quotient quotient) {
  const auto rows = static_cast<std::size_t>(*test::between(1, 19));
  std::vector<Column> columns;
  for (std::int64_t left = *test::between(1, 4); left > 0; --left) {
    columns.push_back(any_column(rows, bound));
  }
  std::int64_t expected = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    std::int64_t fits = INT64_MAX;
    for (const Column& column : columns) fits = std::min(fits, column.whole[row] / column.need);
    expected += fits;
  }
  RC_PRE(expected < test::two_to_53);
  std::vector<Demand> demands;
  for (const Column& column : columns) {
    demands.push_back({column.usable.data(), static_cast<double>(column.need)});
  }
  for (const Kernel kernel : {Kernel::portable, Kernel::avx2}) {
    if (!runs_here(kernel)) continue;
    const auto sum = fit_sum(kernel, quotient, demands, 0, static_cast<Place>(rows));
    RC_ASSERT(sum == static_cast<double>(expected));
  }
}

RC_GTEST_PROP(FitSumProperty, DividesExactlyUpTo2To53, ()) {
  kernels_agree_below(test::two_to_53 + 1, Quotient::divide);
}

RC_GTEST_PROP(FitSumProperty, MultipliesExactlyBelow2To50, ()) {
  kernels_agree_below(test::two_to_50, Quotient::reciprocal);
}

}  // namespace
}  // namespace vfstock::capacity
