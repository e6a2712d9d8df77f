#include "sim/forecast/fit/demand_model.h"

#include <algorithm>
#include <cmath>

namespace vfstock::sim::forecast::fit {
namespace {

constexpr Eigen::Index hours_of_day = 24, days_of_week = 7;
// Standard deviations of the priors of logarithms: hours of a day seldom differ by more than five
// times, days of a week by more than two, and demand seldom grows by more than a tenth a month.
constexpr double hour_prior = 0.8, weekday_prior = 0.35, growth_prior = 0.1;
constexpr double epoch_weekday = 3;  // 1970-01-01 was a Thursday; Monday is 0

double precision(double deviation) { return 1 / (deviation * deviation); }

std::size_t hour_of_week(double time) {
  const double since_monday = std::fmod(time + epoch_weekday * day_s, week_s);
  const double hour =
      std::floor((since_monday < 0 ? since_monday + week_s : since_monday) / hour_s);
  return std::min<std::size_t>(167, static_cast<std::size_t>(hour));
}

std::int64_t hours_between(double from, double until) {
  return std::llround((until - from) / hour_s);
}

std::vector<std::size_t> counts_of(const Past& past, bool vps) {
  std::vector<std::size_t> counts(past.periods());
  for (const Batch& batch : past.batches) {
    const auto period = static_cast<std::size_t>((batch.at - past.begin) / seconds_of(past.period));
    counts[period] += vps ? static_cast<std::size_t>(batch.vps) : 1;
  }
  return counts;
}

std::vector<Batch> batches_of(const std::vector<const Sale*>& sales) {
  std::map<std::int64_t, Batch> batches;
  for (const Sale* sale : sales) {
    Batch& batch =
        batches.try_emplace(sale->batch, Batch{sale->at, sale->hour_known, 0}).first->second;
    batch.vps += sale->vps;
  }
  std::vector<Batch> ascending;
  ascending.reserve(batches.size());
  for (const auto& [number, batch] : batches) ascending.push_back(batch);
  std::stable_sort(ascending.begin(), ascending.end(),
                   [](const Batch& one, const Batch& other) { return one.at < other.at; });
  return ascending;
}

/// Where hours differ by independent levels, a day's level is their mean weighted by how busy they
/// are.
double day_deviation(const DemandModel& model) {
  const double dispersion = model.trend.model.dispersion;
  if (model.period == Period::day) return std::sqrt(dispersion);
  double squares = 0, sum = 0;
  for (std::size_t hour = 0; hour < 24; ++hour) {
    squares += model.profile[hour] * model.profile[hour];
    sum += model.profile[hour];
  }
  return std::sqrt(dispersion * squares / (sum * sum));
}

void add_lives(DemandModel& model, const std::vector<const Sale*>& sales) {
  for (const Sale* sale : sales) {
    if (sale->group > 0) model.groups[sale->group] += sale->vps;
    if (!sale->life) continue;
    for (std::int64_t vps = 0; vps < sale->vps; ++vps) {
      model.lives.push_back({*sale->life, sale->running});
      if (!sale->running) continue;
      model.ages.push_back(*sale->life);
      model.ages_by_group[sale->group].push_back(*sale->life);
    }
  }
  if (!model.lives.empty()) model.survival = Law::kaplan_meier_points(model.lives);
}

}  // namespace

std::size_t Past::periods() const {
  return static_cast<std::size_t>(std::lround((end - begin) / seconds_of(period)));
}

Past Past::until(std::size_t periods) const {
  Past past = *this;
  past.end = begin + static_cast<double>(periods) * seconds_of(period);
  std::erase_if(past.batches, [&](const Batch& batch) { return batch.at >= past.end; });
  std::erase_if(past.sales, [&](const Sale* sale) { return sale->at >= past.end; });
  return past;
}

std::vector<std::size_t> Past::batch_counts() const { return counts_of(*this, false); }
std::vector<std::size_t> Past::vps_counts() const { return counts_of(*this, true); }

Past past_of(const History& history, const std::string& product, Period period) {
  Past past;
  past.product = product;
  past.period = period;
  past.end = std::floor(history.end / seconds_of(period)) * seconds_of(period);
  past.begin = past.end;
  for (const Sale& sale : history.sales) {
    if (sale.product == product && sale.at < past.end) past.sales.push_back(&sale);
  }
  if (past.sales.empty()) return past;
  past.begin = std::floor(past.sales.front()->at / seconds_of(period)) * seconds_of(period);
  past.batches = batches_of(past.sales);
  return past;
}

WeekProfile week_profile(const Past& past) {
  CountData data;
  constexpr Eigen::Index cells = hours_of_day * days_of_week;
  constexpr Eigen::Index columns = 1 + hours_of_day + days_of_week;
  data.counts = data.exposures = Eigen::VectorXd::Zero(cells);
  data.terms = Eigen::MatrixXd::Zero(cells, columns);
  data.precision = Eigen::VectorXd::Constant(columns, precision(hour_prior));
  data.precision[0] = 0;
  data.precision.tail(days_of_week).setConstant(precision(weekday_prior));
  for (Eigen::Index cell = 0; cell < cells; ++cell) {
    data.terms(cell, 0) = 1;
    data.terms(cell, 1 + cell % hours_of_day) = 1;
    data.terms(cell, 1 + hours_of_day + cell / hours_of_day) = 1;
  }
  for (std::int64_t hour = 0; hour < hours_between(past.begin, past.end); ++hour) {
    const double time = past.begin + static_cast<double>(hour) * hour_s;
    data.exposures[static_cast<Eigen::Index>(hour_of_week(time))] += 1;
  }
  for (const Batch& batch : past.batches) {
    if (batch.hour_known) data.counts[static_cast<Eigen::Index>(hour_of_week(batch.at))] += 1;
  }
  // An hour of the week that never was has nothing to say, and no logarithm either.
  data.exposures = data.exposures.cwiseMax(1e-9);
  WeekProfile profile;
  profile.fill(1);
  if (data.counts.sum() <= 0) return profile;
  const CountModel model = fit_poisson(data);
  const Eigen::ArrayXd rates = (data.terms * model.coefficients).array().exp();
  for (std::size_t hour = 0; hour < profile.size(); ++hour) {
    profile[hour] = rates[static_cast<Eigen::Index>(hour)] / rates.mean();
  }
  return profile;
}

double busy_hours(const WeekProfile& profile, double from, double until) {
  double sum = 0;
  for (std::int64_t hour = 0; hour < hours_between(from, until); ++hour) {
    sum += profile[hour_of_week(from + static_cast<double>(hour) * hour_s)];
  }
  return sum;
}

SizeLaw sizes_of(const std::vector<Batch>& batches) {
  constexpr std::int64_t size_max = 10'000;
  SizeLaw sizes;
  for (const Batch& batch : batches) {
    const auto size = static_cast<std::size_t>(std::clamp<std::int64_t>(batch.vps, 1, size_max));
    if (sizes.size() < size) sizes.resize(size);
    sizes[size - 1] += 1 / static_cast<double>(batches.size());
  }
  return sizes;
}

double Trend::mean(const WeekProfile& profile, double from, double until) const {
  const double months = ((from + until) / 2 - end) / month_s;
  return model.mean(Eigen::Vector2d(1, months), busy_hours(profile, from, until));
}

double Trend::rate_error(double moment) const {
  return model.log_error(Eigen::Vector2d(1, (moment - end) / month_s));
}

Trend trend_of(const Past& past, const WeekProfile& profile, const std::vector<std::size_t>& counts,
               bool poisson) {
  const auto rows = static_cast<Eigen::Index>(counts.size());
  const double length = seconds_of(past.period);
  CountData data;
  data.counts.resize(rows);
  data.exposures.resize(rows);
  data.terms.resize(rows, 2);
  data.precision = Eigen::Vector2d(0, precision(growth_prior));
  for (Eigen::Index row = 0; row < rows; ++row) {
    const double from = past.begin + static_cast<double>(row) * length;
    data.counts[row] = static_cast<double>(counts[static_cast<std::size_t>(row)]);
    data.exposures[row] = busy_hours(profile, from, from + length);
    data.terms.row(row) << 1, (from + length / 2 - past.end) / month_s;
  }
  return {poisson ? fit_poisson(data) : fit_negative_binomial(data), past.end};
}

// The variance of a sum of batches is mean × (mean square of a size) / (mean size) + dispersion ×
// mean²; that of the VPSes as they were counted is mean + their dispersion × mean².
Trend batch_trend(const Past& past, const WeekProfile& profile, const SizeLaw& sizes) {
  Trend trend = trend_of(past, profile, past.batch_counts(), false);
  const auto counts = past.vps_counts();
  const Trend vps = trend_of(past, profile, counts, false);
  double mean = 0, size = 0, square = 0;
  for (const std::size_t count : counts) {
    mean += static_cast<double>(count) / static_cast<double>(counts.size());
  }
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto vpses = static_cast<double>(i + 1);
    size += vpses * sizes[i];
    square += vpses * vpses * sizes[i];
  }
  const double together = vps.model.dispersion - (square / size - 1) / mean;
  trend.model.dispersion = std::max(trend.model.dispersion, together);
  return trend;
}

DemandModel model_of(const Past& past) {
  if (past.batches.empty()) throw NoFit("nothing was sold");
  if (past.periods() < 2) throw NoFit("the history is shorter than two days");
  DemandModel model;
  model.product = past.product;
  model.period = past.period;
  model.begin = past.begin;
  model.end = past.end;
  model.batches = static_cast<std::int64_t>(past.batches.size());
  for (const Batch& batch : past.batches) model.vps += batch.vps;
  model.profile = week_profile(past);
  model.sizes = sizes_of(past.batches);
  model.trend = batch_trend(past, model.profile, model.sizes);
  const Eigen::VectorXd& coefficients = model.trend.model.coefficients;
  model.per_day = 24 * std::exp(coefficients[0]);
  model.growth_per_month = std::expm1(coefficients[1]);
  model.rate_error = model.trend.rate_error(past.end + month_s);
  model.day_deviation = day_deviation(model);
  add_lives(model, past.sales);
  return model;
}

}  // namespace vfstock::sim::forecast::fit
