// How long a VPS lives, or the panel's weather lasts: laws of a positive time, by inversion.
//
// One uniform draw gives one time, so a time keeps its draw in every what-if. A VPS that already
// runs has its remaining life drawn on the condition of its age. Times are milliseconds as doubles;
// infinity says never. Pure values, safe to share.
#pragma once

#include <limits>
#include <vector>

namespace vfstock::sim::forecast {

/// What never ends.
inline constexpr double never = std::numeric_limits<double>::infinity();

class Law {
 public:
  /// Never ends.
  Law() = default;
  static Law exponential(double mean);
  static Law deterministic(double value);
  /// shape > 0.
  static Law weibull(double mean, double shape);
  /// sigma > 0: the standard deviation of the logarithm.
  static Law lognormal(double mean, double sigma);
  struct Branch {
    double weight = 0, mean = 0;
  };
  /// Exponential with a mean drawn by weight; weights need not add up to 1.
  static Law hyperexponential(std::vector<Branch> branches);
  /// Ends only at due dates, each `period` after the last, with probability `churn` (0..1] at each.
  static Law renewal(double period, double churn);
  struct Point {
    double time = 0, survival = 0;
  };
  /// A survival curve through these points, straight between them and 1 at 0; ascending times,
  /// descending survival. What survives the last point never ends.
  static Law empirical(std::vector<Point> points);
  struct Observed {
    double time = 0;
    bool censored = false;  // still alive then
  };
  /// The Kaplan–Meier curve of these lives, as steps: before and after each moment of death.
  static std::vector<Point> kaplan_meier_points(std::vector<Observed> lives);
  static Law kaplan_meier(std::vector<Observed> lives);

  /// A life from a uniform draw in (0, 1).
  double life(double uniform) const { return remaining(0, uniform); }
  /// What remains of a life that has lasted `age`.
  double remaining(double age, double uniform) const;
  /// Infinite where some never end.
  double mean() const;
  /// The same law with every time `factor` times as long.
  Law scaled(double factor) const;

 private:
  enum class Kind {
    endless,
    exponential,
    deterministic,
    weibull,
    lognormal,
    hyper,
    renewal,
    empirical
  };

  double remaining_hyper(double age, double uniform) const;
  double remaining_empirical(double age, double uniform) const;
  double survival(double time) const;  // of the empirical curve

  Kind kind_ = Kind::endless;
  double a_ = 0, b_ = 0;  // mean; value; scale, shape; mu, sigma; period, churn
  std::vector<Branch> branches_;
  std::vector<Point> points_;
};

/// The standard normal quantile, for 0 < p < 1, to about 1e-15 (Wichura's AS 241).
double normal_quantile(double p);

}  // namespace vfstock::sim::forecast
