#include "sim/forecast/arrivals.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/forecast/law.h"

namespace vfstock::sim::forecast {
namespace {

constexpr double days_per_month = 30;
}  // namespace

void Arrivals::begin(const ArrivalRate& rate, const Chance& chance, std::uint32_t stream,
                     double horizon) {
  rate_ = &rate;
  at_ = rate.from;
  end_ = std::min(rate.until, horizon);
  own_.begin(rate.levels, chance, stream);
  shared_.begin(rate.shared, chance, rate.shared_entity);
  enter_piece(at_);
}

double Arrivals::next(double unit_exponential) {
  double left = unit_exponential;
  for (;;) {
    const double reach = piece_rate_ > 0 ? at_ + left / piece_rate_ : never;
    if (reach <= piece_end_) return at_ = reach;
    if (piece_end_ >= end_) return never;
    left -= (piece_end_ - at_) * piece_rate_;
    at_ = piece_end_;
    enter_piece(at_);
  }
}

void Arrivals::enter_piece(double at) {
  double end = end_;
  double factor = own_.at(at, end) * shared_.at(at, end);
  if (rate_->growth_per_month != 0) {
    const double day = std::floor(at / day_ms);
    factor *= std::pow(1 + rate_->growth_per_month, day / days_per_month);
    end = std::min(end, (day + 1) * day_ms);
  }
  if (!rate_->hours.empty()) {
    const auto hour = static_cast<std::int64_t>(std::floor(at / hour_ms));
    factor *= rate_->hours[static_cast<std::size_t>(hour) % rate_->hours.size()];
    end = std::min(end, static_cast<double>(hour + 1) * hour_ms);
  }
  factor *= boosts_at(at, end);
  piece_rate_ = rate_->per_day / day_ms * factor;
  piece_end_ = end;
}

double Arrivals::boosts_at(double at, double& end) const {
  double factor = 1;
  for (const Boost& boost : rate_->boosts) {
    if (at < boost.from) {
      end = std::min(end, boost.from);
    } else if (at < boost.until) {
      factor *= boost.factor;
      end = std::min(end, boost.until);
    }
  }
  return factor;
}

}  // namespace vfstock::sim::forecast
