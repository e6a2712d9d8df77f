// Candidate models of one product's demand, each learnt from the periods before a moment.
//
// A level is an exponentially weighted mean of orders per busy hour, so what is recent counts; its
// speed is its half-life. How uncertain it is comes from its own errors in the past: one period
// ahead they say how much periods differ, over the lead time how far the level moves. Closed hours
// count for nothing. Teunter, Syntetos and Babai's method (2011) looks at whether anything was
// ordered and at how much apart from each other. Pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "sim/forecast/fit/outlook.h"

namespace vfstock::sim::forecast::fit {

enum class Method {
  level_fast,
  level,
  level_slow,
  level_flat,
  negative_binomial,
  poisson,
  intermittent,
  last_month,
  last_week,
};
inline constexpr std::array methods{
    Method::level_fast,        Method::level,   Method::level_slow,   Method::level_flat,
    Method::negative_binomial, Method::poisson, Method::intermittent, Method::last_month,
    Method::last_week};
std::string name_of(Method method, Period period);

/// What is known of the past before a moment.
struct Known {
  const Past& past;
  std::size_t first = 0;  // since the last break of the level
  std::size_t until = 0;  // periods
  std::size_t lead = 1;   // periods ahead that matter
  Pattern pattern;
  std::vector<double> busy;         // open busy hours of the periods before `until`
  std::vector<double> orders, vps;  // of the same; of peaks no more than is plausible
  std::vector<double> factors;      // size factors of the same; empty: all 1
  SizeLaw sizes;
};
/// `pattern` must have been learnt from the same periods. At least one open order.
Known known_before(const Past& past, std::size_t until, std::size_t lead, Pattern pattern);

/// In the order of `methods`.
std::vector<Outlook> candidates_of(const Known& known);

/// Half-life in periods; infinite: all weigh alike.
double half_life_of(Method method, Period period);

}  // namespace vfstock::sim::forecast::fit
