// Candidates judged by how well they did, and mixed accordingly into the one model that is used.
//
// Weights fall exponentially with how far a candidate's scores lie behind the best one's, relative
// to a level of all the past; scores of long ago are forgotten. The mixture is a member of the same
// family: rates are averaged, and what the candidates differ by counts as not known. Its spread is
// then adjusted by its own record: each interval that was missed widens it, each that was met
// narrows it a little, for single periods and for the lead time apart (Gibbs and Candes, Adaptive
// conformal inference, 2021). Pure values.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "sim/forecast/fit/learn.h"
#include "sim/forecast/fit/scores.h"

namespace vfstock::sim::forecast::fit {

inline constexpr std::size_t stretches_max = 5;
/// CRPS of totals by stretch; the sell-out day's is the last.
using ScoreRow = std::array<double, stretches_max + 1>;
using Weights = std::array<double, methods.size()>;

inline std::size_t place_of(Method method) { return static_cast<std::size_t>(method); }

/// What an outlook's squared deviations are multiplied by.
struct Calibration {
  double brief_orders = 1, brief_vps = 1, lasting = 1;
};

/// How the candidates have done so far, from one moment of the past to the next.
class Race {
 public:
  void add(const std::array<ScoreRow, methods.size()>& rows);
  /// Adds up to 1.
  Weights weights() const;
  /// The one with the best scores.
  Method best() const;
  /// What it got by that: its scores as shares of the reference's, on average.
  double relative(Method method) const;

 private:
  std::array<ScoreRow, methods.size()> sums_{};
  double moments_ = 0;  // as many as are remembered
};

/// How the mixture's intervals have done so far.
class Record {
 public:
  void add_period(const ScaledLaw& orders, double seen_orders, const ScaledLaw& vps,
                  double seen_vps);
  void add_total(const ScaledLaw& vps, double seen);
  Calibration calibration() const;

 private:
  double brief_orders_ = 0, brief_vps_ = 0, lasting_ = 0;  // logarithms
};

/// `outlooks` in the order of `methods`.
Outlook mixture_of(const std::vector<Outlook>& outlooks, const Weights& weights,
                   const Calibration& calibration);

}  // namespace vfstock::sim::forecast::fit
