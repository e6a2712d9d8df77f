#include "sim/forecast/law.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace vfstock::sim::forecast {
namespace {

/// The survival function of the standard normal law.
double normal_survival(double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); }

template <std::size_t size>
double polynomial(const std::array<double, size>& coefficients, double x) {
  double value = 0;
  for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c) value = value * x + *c;
  return value;
}

// Coefficients of PPND16, Applied Statistics 37 (1988), 477-484.
double normal_quantile_centre(double q) {
  constexpr std::array<double, 8> a{3.3871328727963666080e0,  1.3314166789178437745e+2,
                                    1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                    4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                    3.3430575583588128105e+4, 2.5090809287301226727e+3};
  constexpr std::array<double, 8> b{1.0,
                                    4.2313330701600911252e+1,
                                    6.8718700749205790830e+2,
                                    5.3941960214247511077e+3,
                                    2.1213794301586595867e+4,
                                    3.9307895800092710610e+4,
                                    2.8729085735721942674e+4,
                                    5.2264952788528545610e+3};
  const double r = 0.180625 - q * q;
  return q * polynomial(a, r) / polynomial(b, r);
}

double normal_quantile_tail(double r) {
  constexpr std::array<double, 8> c{1.42343711074968357734e0,  4.63033784615654529590e0,
                                    5.76949722146069140550e0,  3.64784832476320460504e0,
                                    1.27045825245236838258e0,  2.41780725177450611770e-1,
                                    2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr std::array<double, 8> d{1.0,
                                    2.05319162663775882187e0,
                                    1.67638483018380384940e0,
                                    6.89767334985100004550e-1,
                                    1.48103976427480074590e-1,
                                    1.51986665636164571966e-2,
                                    5.47593808499534494600e-4,
                                    1.05075007164441684324e-9};
  constexpr std::array<double, 8> e{6.65790464350110377720e0,  5.46378491116411436990e0,
                                    1.78482653991729133580e0,  2.96560571828504891230e-1,
                                    2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr std::array<double, 8> f{1.0,
                                    5.99832206555887937690e-1,
                                    1.36929880922735805310e-1,
                                    1.48753612908506148525e-2,
                                    7.86869131145613259100e-4,
                                    1.84631831751005468180e-5,
                                    1.42151175831644588870e-7,
                                    2.04426310338993978564e-15};
  if (r <= 5) return polynomial(c, r - 1.6) / polynomial(d, r - 1.6);
  return polynomial(e, r - 5) / polynomial(f, r - 5);
}

}  // namespace

double normal_quantile(double p) {
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) return normal_quantile_centre(q);
  const double tail = normal_quantile_tail(std::sqrt(-std::log(q < 0 ? p : 1 - p)));
  return q < 0 ? -tail : tail;
}

Law Law::exponential(double mean) {
  Law law;
  law.kind_ = Kind::exponential;
  law.a_ = mean;
  return law;
}

Law Law::deterministic(double value) {
  Law law;
  law.kind_ = Kind::deterministic;
  law.a_ = value;
  return law;
}

Law Law::weibull(double mean, double shape) {
  Law law;
  law.kind_ = Kind::weibull;
  law.a_ = mean / std::tgamma(1 + 1 / shape);
  law.b_ = shape;
  return law;
}

Law Law::lognormal(double mean, double sigma) {
  Law law;
  law.kind_ = Kind::lognormal;
  law.a_ = std::log(mean) - sigma * sigma / 2;
  law.b_ = sigma;
  return law;
}

Law Law::hyperexponential(std::vector<Branch> branches) {
  Law law;
  law.kind_ = Kind::hyper;
  law.branches_ = std::move(branches);
  const double total =
      std::accumulate(law.branches_.begin(), law.branches_.end(), 0.0,
                      [](double sum, const Branch& branch) { return sum + branch.weight; });
  for (Branch& branch : law.branches_) branch.weight /= total;
  return law;
}

Law Law::renewal(double period, double churn) {
  Law law;
  law.kind_ = Kind::renewal;
  law.a_ = period;
  law.b_ = churn;
  return law;
}

Law Law::empirical(std::vector<Point> points) {
  Law law;
  law.kind_ = Kind::empirical;
  law.points_ = std::move(points);
  if (law.points_.empty() || law.points_.front().time > 0) {
    law.points_.insert(law.points_.begin(), {0, 1});
  }
  return law;
}

std::vector<Law::Point> Law::kaplan_meier_points(std::vector<Observed> lives) {
  // A life that is censored at a moment of death was still at risk then.
  std::sort(lives.begin(), lives.end(), [](const Observed& one, const Observed& other) {
    return std::pair(one.time, one.censored) < std::pair(other.time, other.censored);
  });
  std::vector<Point> points{{0, 1}};
  for (std::size_t i = 0; i < lives.size();) {
    std::size_t deaths = 0, end = i;
    for (; end < lives.size() && lives[end].time == lives[i].time; ++end) {
      deaths += lives[end].censored ? 0 : 1;
    }
    const double at_risk = static_cast<double>(lives.size() - i);
    if (deaths > 0) {
      const double before = points.back().survival;
      points.push_back({lives[i].time, before});
      points.push_back({lives[i].time, before * (1 - static_cast<double>(deaths) / at_risk)});
    }
    i = end;
  }
  return points;
}

Law Law::kaplan_meier(std::vector<Observed> lives) {
  return empirical(kaplan_meier_points(std::move(lives)));
}

double Law::remaining(double age, double uniform) const {
  switch (kind_) {
    case Kind::endless:
      return never;
    case Kind::exponential:
      return -a_ * std::log(uniform);
    case Kind::deterministic:
      return std::max(0.0, a_ - age);
    case Kind::weibull:
      return a_ * std::pow(std::pow(age / a_, b_) - std::log(uniform), 1 / b_) - age;
    case Kind::lognormal: {
      const double alive = age > 0 ? normal_survival((std::log(age) - a_) / b_) : 1;
      return std::max(0.0, std::exp(a_ - b_ * normal_quantile(alive * uniform)) - age);
    }
    case Kind::hyper:
      return remaining_hyper(age, uniform);
    case Kind::renewal: {
      const double periods = b_ >= 1 ? 1 : 1 + std::floor(std::log(uniform) / std::log1p(-b_));
      return (std::floor(age / a_) + periods) * a_ - age;
    }
    case Kind::empirical:
      return remaining_empirical(age, uniform);
  }
  return never;
}

// One draw chooses the branch; what is left of it, spread over (0, 1) again, gives the time.
double Law::remaining_hyper(double age, double uniform) const {
  double total = 0;
  for (const Branch& branch : branches_) total += branch.weight * std::exp(-age / branch.mean);
  double left = uniform * total;
  for (const Branch& branch : branches_) {
    const double weight = branch.weight * std::exp(-age / branch.mean);
    if (left < weight) return -branch.mean * std::log(left / weight);
    left -= weight;
  }
  return -branches_.back().mean * std::log(uniform);
}

double Law::survival(double time) const {
  const auto after = std::upper_bound(points_.begin(), points_.end(), time,
                                      [](double t, const Point& point) { return t < point.time; });
  if (after == points_.end()) return points_.back().survival;
  const auto before = std::prev(after);
  const double share = (time - before->time) / (after->time - before->time);
  return before->survival + share * (after->survival - before->survival);
}

double Law::remaining_empirical(double age, double uniform) const {
  const double target = (age > 0 ? survival(age) : 1) * uniform;
  const auto below =
      std::partition_point(points_.begin(), points_.end(),
                           [target](const Point& point) { return point.survival > target; });
  if (below == points_.end()) return never;
  if (below == points_.begin()) return 0;
  const auto above = std::prev(below);
  const double share = (above->survival - target) / (above->survival - below->survival);
  return std::max(0.0, above->time + share * (below->time - above->time) - age);
}

double Law::mean() const {
  switch (kind_) {
    case Kind::endless:
      return never;
    case Kind::exponential:
    case Kind::deterministic:
      return a_;
    case Kind::weibull:
      return a_ * std::tgamma(1 + 1 / b_);
    case Kind::lognormal:
      return std::exp(a_ + b_ * b_ / 2);
    case Kind::hyper:
      return std::accumulate(branches_.begin(), branches_.end(), 0.0,
                             [](double sum, const Branch& b) { return sum + b.weight * b.mean; });
    case Kind::renewal:
      return a_ / b_;
    case Kind::empirical:
      break;
  }
  if (points_.back().survival > 0) return never;
  double area = 0;
  for (std::size_t i = 1; i < points_.size(); ++i) {
    area += (points_[i].time - points_[i - 1].time) *
            (points_[i].survival + points_[i - 1].survival) / 2;
  }
  return area;
}

Law Law::scaled(double factor) const {
  Law law = *this;
  if (kind_ == Kind::lognormal) {
    law.a_ += std::log(factor);
  } else {
    law.a_ *= factor;
  }
  for (Branch& branch : law.branches_) branch.mean *= factor;
  for (Point& point : law.points_) point.time *= factor;
  return law;
}

}  // namespace vfstock::sim::forecast
