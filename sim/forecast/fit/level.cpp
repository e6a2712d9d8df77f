#include "sim/forecast/fit/level.h"

#include <algorithm>
#include <cmath>

#include "sim/forecast/fit/learn.h"

namespace vfstock::sim::forecast::fit {
namespace {

// As if so many orders had come at the mean rate of all: a level of nothing is not certain of it.
constexpr double prior_orders = 0.5;
// What the errors over the lead time say is trusted like so many stretches against what the speed
// of the level implies.
constexpr double implied_stretches = 4;

/// The levels before each period, each from what came before.
struct Path {
  std::vector<double> before;               // of periods [first, until]
  double weights = 0, squared_weights = 0;  // of the busy hours, at the end
};

double mean_rate(const Known& known) {
  double orders = 0, hours = 0;
  for (std::size_t n = known.first; n < known.until; ++n) {
    orders += known.orders[n];
    hours += known.busy[n];
  }
  return std::max(orders, prior_orders) / std::max(hours, 1e-9);
}

Path path_of(const Known& known, double keep) {
  const double rate = mean_rate(known);
  Path path;
  path.before.reserve(known.until - known.first + 1);
  double orders = prior_orders, hours = prior_orders / rate;
  const double prior_hours = hours;
  for (std::size_t n = known.first; n < known.until; ++n) {
    path.before.push_back(orders / hours);
    const double busy = known.busy[n];
    if (busy <= 0) continue;
    orders = prior_orders + keep * (orders - prior_orders) + known.orders[n];
    hours = prior_hours + keep * (hours - prior_hours) + busy;
    path.weights = keep * path.weights + busy;
    path.squared_weights = keep * keep * path.squared_weights + busy * busy;
  }
  path.before.push_back(orders / hours);
  return path;
}

/// Sums over stretches of the same length of (error² - chance) and mean²: their quotient is how
/// much more than chance forecasts from this path were off.
struct Errors {
  double beyond_chance = 0, scale = 0, squares = 0;
  void add(double count, double mean, double chance) {
    const double beyond = (count - mean) * (count - mean) - chance;
    beyond_chance += beyond;
    squares += beyond * beyond;
    scale += mean * mean;
  }
  double dispersion() const { return scale > 0 ? beyond_chance / scale : 0; }
  /// The standard error of that, where so many of the errors are of the same time.
  double uncertainty(double overlap) const {
    return scale > 0 ? std::sqrt(overlap * squares) / scale : 0;
  }
};

struct BothErrors {
  Errors orders, vps;
};

BothErrors errors_over(const Known& known, const Path& path, std::size_t length) {
  const std::size_t skipped = std::max<std::size_t>(2, (known.until - known.first) / 8);
  const std::size_t step = std::max<std::size_t>(1, length / 4);
  const double size = mean_size(known.sizes), square = mean_square_size(known.sizes);
  BothErrors errors;
  for (std::size_t n = known.first + skipped; n + length <= known.until; n += step) {
    double orders = 0, vps = 0, hours = 0, sized = 0;
    for (std::size_t k = n; k < n + length; ++k) {
      orders += known.orders[k];
      vps += known.vps[k];
      hours += known.busy[k];
      sized += known.busy[k] * (known.factors.empty() ? size : 1 + (size - 1) * known.factors[k]);
    }
    const double rate = path.before[n - known.first];
    const double mean = rate * hours, mean_vps = rate * sized;
    errors.orders.add(orders, mean, mean);
    errors.vps.add(vps, mean_vps, mean * square);
  }
  return errors;
}

/// From the errors one period ahead and over the lead time: a level that follows with this gain is
/// off by its own noise at once, and the further the more it moves.
Spread spread_of(double one, double lead, double gain, double noise_share, double chance,
                 std::size_t periods_of_lead, double stretches) {
  Spread spread;
  spread.brief = std::max(0.0, one);
  const double noise = chance + spread.brief;  // of one period, relative to its mean, squared
  spread.fixed = noise * std::max(noise_share, gain);
  spread.walk = noise * gain * gain / std::max(1e-9, 1 - gain);
  spread.brief = std::max(0.0, one - spread.fixed - spread.walk);
  const auto length = static_cast<double>(periods_of_lead);
  const double walked = (length + 1) * (2 * length + 1) / (6 * length);
  const double excess = lead - (spread.fixed + spread.walk * walked + spread.brief / length);
  const double trust = stretches / (stretches + implied_stretches);
  spread.walk = std::max(0.0, spread.walk + trust * excess / walked);
  return spread;
}

}  // namespace

Level level_of(const Known& known, double half_life) {
  const double keep = std::exp2(-1 / half_life);
  const Path path = path_of(known, keep);
  Level level;
  level.per_hour = path.before.back();
  const auto periods = static_cast<double>(known.until - known.first);
  const BothErrors one = errors_over(known, path, 1);
  const std::size_t length =
      std::min(known.lead, std::max<std::size_t>(1, (known.until - known.first) / 3));
  const BothErrors lead = errors_over(known, path, length);
  const double stretches = periods / static_cast<double>(length);
  const double noise_share =
      path.weights > 0 ? path.squared_weights / (path.weights * path.weights) : 1;
  const double hours = path.weights > 0 ? path.squared_weights / path.weights : 1;
  const double orders = std::max(1e-9, level.per_hour * hours);
  const double size = mean_size(known.sizes);
  const double sizes = mean_square_size(known.sizes) / (size * size);
  // Few large batches make errors of VPSes look large or small by chance: only what they say beyond
  // their uncertainty is more than the orders say.
  const double overlap = static_cast<double>(std::min<std::size_t>(4, length));
  const double one_vps =
      std::max(one.orders.dispersion(), one.vps.dispersion() - one.vps.uncertainty(1));
  const double lead_vps =
      std::max(lead.orders.dispersion(), lead.vps.dispersion() - lead.vps.uncertainty(overlap));
  level.orders = spread_of(one.orders.dispersion(), lead.orders.dispersion(), 1 - keep, noise_share,
                           1 / orders, length, stretches);
  level.vps =
      spread_of(one_vps, lead_vps, 1 - keep, noise_share, sizes / orders, length, stretches);
  level.vps.fixed = std::max(level.vps.fixed, level.orders.fixed);
  level.vps.brief = std::max(level.vps.brief, level.orders.brief);
  level.vps.walk = std::max(level.vps.walk, level.orders.walk);
  return level;
}

Eigen::VectorXd means_at(const Known& known, double per_hour) {
  Eigen::VectorXd means(static_cast<Eigen::Index>(known.until - known.first));
  for (std::size_t n = known.first; n < known.until; ++n) {
    means[static_cast<Eigen::Index>(n - known.first)] = per_hour * known.busy[n];
  }
  return means;
}

double order_dispersion(const Known& known, const Eigen::VectorXd& means) {
  Errors errors;
  for (Eigen::Index row = 0; row < means.size(); ++row) {
    const double count = known.orders[known.first + static_cast<std::size_t>(row)];
    errors.add(count, means[row], means[row]);
  }
  return std::max(0.0, errors.dispersion());
}

double vps_dispersion(const Known& known, const Eigen::VectorXd& means) {
  const double size = mean_size(known.sizes), square = mean_square_size(known.sizes);
  Errors errors;
  for (Eigen::Index row = 0; row < means.size(); ++row) {
    const std::size_t n = known.first + static_cast<std::size_t>(row);
    const double mean =
        means[row] * (known.factors.empty() ? size : 1 + (size - 1) * known.factors[n]);
    const double count = known.vps[n];
    errors.add(count, mean, means[row] * square);
  }
  return std::max(0.0, errors.dispersion() - errors.uncertainty(1));
}

}  // namespace vfstock::sim::forecast::fit
