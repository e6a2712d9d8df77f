#include "engine/panel/whole_number.h"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vfstock::panel {
namespace {

std::int64_t some_number() {
  return *rc::gen::inRange<std::int64_t>(-whole_number_max, whole_number_max + 1);
}

RC_GTEST_PROP(WholeNumber, ReadsBackEveryIntegerWithinItsBounds, ()) {
  const std::int64_t number = some_number();
  RC_ASSERT(whole_number(std::to_string(number)) == number);
  RC_ASSERT(digit_string(std::to_string(number)) == number);
}

RC_GTEST_PROP(WholeNumber, DoesNotDependOnWhereThePointStands, ()) {
  const std::int64_t number = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
  std::string digits = std::to_string(number);
  const auto shift = *rc::gen::inRange<std::size_t>(0, digits.size());
  const std::size_t point = digits.size() - shift;
  if (shift > 0) digits.insert(point, ".");
  RC_ASSERT(whole_number((point == 0 ? "0" + digits : digits) + "e" + std::to_string(shift)) ==
            number);
}

RC_GTEST_PROP(WholeNumber, NeverRoundsAFractionAway, ()) {
  const std::string whole = std::to_string(some_number());
  const std::string zeros(*rc::gen::inRange<std::size_t>(0, 40), '0');
  const int last = *rc::gen::inRange(1, 10);
  RC_ASSERT(!whole_number(whole + "." + zeros + std::to_string(last)));
}

}  // namespace
}  // namespace vfstock::panel
