#include "sim/forecast/fit/shared_levels.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace vfstock::sim::forecast::fit {
namespace {

constexpr std::size_t stretches_min = 8;
// The excess must be this many of its standard errors above 0.
constexpr double significance = 2;

/// Of all products in one stretch.
struct Together {
  double error = 0, squared_errors = 0, mean = 0, squared_means = 0;
  void add(double product_error, double product_mean) {
    error += product_error;
    squared_errors += product_error * product_error;
    mean += product_mean;
    squared_means += product_mean * product_mean;
  }
  double excess() const { return error * error - squared_errors; }
  double scale() const { return mean * mean - squared_means; }
};

struct Excess {
  double dispersion = 0;  // 0 where chance explains it
  double ratio = 1;
};

/// Errors of so many periods together.
Excess excess_of(const std::vector<const DemandModel*>& models, double length_s) {
  std::map<std::int64_t, Together> stretches;
  for (const DemandModel* model : models) {
    std::map<std::int64_t, std::pair<double, double>> own;
    for (const Held& held : model->backtest.held) {
      auto& [error, mean] = own[static_cast<std::int64_t>(std::floor(held.from / length_s))];
      error += held.vps - held.expected;
      mean += held.expected;
    }
    for (const auto& [stretch, sums] : own) stretches[stretch].add(sums.first, sums.second);
  }
  double excess = 0, squares = 0, scale = 0, total = 0, apart = 0;
  for (const auto& [stretch, together] : stretches) {
    excess += together.excess();
    squares += together.excess() * together.excess();
    scale += together.scale();
    total += together.error * together.error;
    apart += together.squared_errors;
  }
  Excess found;
  if (apart > 0) found.ratio = total / apart;
  const bool is_certain =
      stretches.size() >= stretches_min && scale > 0 && excess > significance * std::sqrt(squares);
  if (is_certain) found.dispersion = excess / scale;
  return found;
}

}  // namespace

SharedLevels shared_levels(const std::vector<const DemandModel*>& models, std::size_t lead) {
  SharedLevels shared;
  if (models.size() < 2) return shared;
  const double length = seconds_of(models.front()->period);
  const Excess one = excess_of(models, length);
  shared.ratio = one.ratio;
  shared.spread.brief = one.dispersion;
  if (lead < 2) return shared;
  const auto periods = static_cast<double>(lead);
  const Excess over_lead = excess_of(models, periods * length);
  const double beyond = over_lead.dispersion - one.dispersion / periods;
  if (beyond > 0) {
    shared.spread.walk = beyond / ((periods + 1) * (2 * periods + 1) / (6 * periods));
  }
  return shared;
}

}  // namespace vfstock::sim::forecast::fit
