#include "engine/capacity/fit_sum.h"

#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vfstock::capacity {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

struct Way {
  Kernel kernel;
  Quotient quotient;
};

/// Every kernel that this processor can run; another one has no result to look at.
std::vector<Way> ways_here() {
  std::vector<Way> ways;
  for (const Kernel kernel : {Kernel::portable, Kernel::avx2}) {
    if (!runs_here(kernel)) continue;
    for (const Quotient quotient : {Quotient::divide, Quotient::reciprocal}) {
      ways.push_back({kernel, quotient});
    }
  }
  return ways;
}

/// Linux's own list of what the processor has.
bool processor_has(const std::string& feature) {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("flags")) continue;
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      if (word == feature) return true;
    }
  }
  return false;
}

TEST(FitSumKernels, AreTestedWhereverTheProcessorHasThem) {
  EXPECT_TRUE(runs_here(Kernel::portable));
  EXPECT_EQ(runs_here(Kernel::avx2), processor_has("avx2"));
  EXPECT_EQ(ways_here().size(), processor_has("avx2") ? 4U : 2U);
}

class FitSum : public testing::TestWithParam<Way> {
 protected:
  static double sum(const std::vector<Demand>& demands, Place begin, Place end) {
    return fit_sum(GetParam().kernel, GetParam().quotient, demands, begin, end);
  }
};

INSTANTIATE_TEST_SUITE_P(Kernels, FitSum, testing::ValuesIn(ways_here()));

TEST_P(FitSum, TakesExactlyTheRangeWhateverItsLength) {
  const std::vector<double> usable(40, 7.0);
  for (Place begin = 0; begin < 9; ++begin) {
    for (Place end = begin; end <= 40; ++end) {
      EXPECT_EQ(sum({{usable.data(), 2}}, begin, end), 3.0 * static_cast<double>(end - begin));
    }
  }
}

TEST_P(FitSum, TakesTheSmallestOfEveryNumberOfDemands) {
  const std::vector<double> a(13, 100.0), b(13, 90.0), c(13, 80.0), d(13, 70.0);
  EXPECT_EQ(sum({{a.data(), 1}}, 0, 13), 1300);
  EXPECT_EQ(sum({{a.data(), 1}, {b.data(), 1}}, 0, 13), 1170);
  EXPECT_EQ(sum({{a.data(), 1}, {b.data(), 1}, {c.data(), 1}}, 0, 13), 1040);
  EXPECT_EQ(sum({{a.data(), 1}, {b.data(), 1}, {c.data(), 1}, {d.data(), 1}}, 0, 13), 910);
}

TEST_P(FitSum, FloorsEachTermAndNotTheSum) {
  const std::vector<double> usable{5, 5, 5, 5, 5, 5, 5};
  EXPECT_EQ(sum({{usable.data(), 3}}, 0, 7), 7);
}

TEST_P(FitSum, GivesMultiplesInFull) {
  for (double need = 1; need <= 2000; ++need) {
    const std::vector<double> usable(5, need);  // 49 times the rounded 1/49 is below 1
    EXPECT_EQ(sum({{usable.data(), need}}, 0, 5), 5) << need;
  }
}

TEST_P(FitSum, PassesInfinityThrough) {
  std::vector<double> usable(9, 4.0);
  usable[6] = infinite;
  EXPECT_EQ(sum({{usable.data(), 2}}, 0, 9), infinite);
  const std::vector<double> finite(9, 1.0);
  EXPECT_EQ(sum({{usable.data(), 2}, {finite.data(), 1}}, 0, 9), 9);
}

TEST_P(FitSum, IsZeroForNeedsBeyondEverything) {
  const std::vector<double> usable(6, 0x1p49);
  EXPECT_EQ(sum({{usable.data(), 0x1p53 + 2}}, 0, 6), 0);
}

TEST(FitSumKernel, OfferedAsFastestRunsHere) {
  EXPECT_TRUE(runs_here(Kernel::portable));
  EXPECT_TRUE(runs_here(fastest_kernel()));
}

}  // namespace
}  // namespace vfstock::capacity
