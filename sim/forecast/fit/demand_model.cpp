#include "sim/forecast/fit/demand_model.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "sim/forecast/fit/peaks.h"
#include "sim/forecast/law.h"

namespace vfstock::sim::forecast::fit {
namespace {

// A cycle's lives are told apart when so many are known, and so many of them are over.
constexpr std::size_t cycle_lives_min = 20, cycle_ends_min = 5;

/// The gamma law with about this range between its tenths: as if `orders` had come in `days`.
struct Prior {
  double orders = 0, days = 0;
};
Prior prior_of(const PriorRange& range) {
  const double deviation = std::log(range.high / range.low) / (2 * normal_quantile(0.9));
  const double orders = 1 / (deviation * deviation);
  return {orders, orders / std::sqrt(range.low * range.high)};
}

/// Prior and orders together: no pattern, no trend, a level of which much is not known.
Outlook few_outlook(const Past& past, double open_share, const PriorRange& range,
                    const SizeLaw& sizes) {
  const Prior prior = prior_of(range);
  double orders = 0;
  for (const double count : past.batch_counts) orders += count;
  Outlook outlook;
  outlook.period = past.period;
  outlook.begin = past.end;
  const double days = (past.end - past.begin) / day_s * open_share;
  outlook.per_hour = (prior.orders + orders) / (prior.days + days) / 24;
  outlook.orders.fixed = outlook.vps.fixed = 1 / (prior.orders + orders);
  outlook.sizes = sizes;
  return outlook;
}

std::map<std::string, std::vector<Law::Observed>> lives_by_cycle(
    const std::vector<const Sale*>& sales) {
  std::map<std::string, std::vector<Law::Observed>> cycles;
  for (const Sale* sale : sales) {
    if (!sale->life || sale->cycle.empty()) continue;
    auto& lives = cycles[sale->cycle];
    lives.insert(lives.end(), static_cast<std::size_t>(sale->vps), {*sale->life, sale->running});
  }
  std::erase_if(cycles, [](const auto& cycle) {
    const auto ended = std::count_if(cycle.second.begin(), cycle.second.end(),
                                     [](const Law::Observed& life) { return !life.censored; });
    return cycle.second.size() < cycle_lives_min ||
           ended < static_cast<std::ptrdiff_t>(cycle_ends_min);
  });
  return cycles;
}

/// The cycle by which a sale's life is told apart, if it is.
std::string cycle_of(const DemandModel& model, const Sale& sale) {
  return model.survival_by_cycle.contains(sale.cycle) ? sale.cycle : "";
}

/// The share of those who end `within` so many seconds that have said so already.
struct Notice {
  double within = 0, share = 0;
};

/// Of what runs and is paid alike: ages, and when what is cancelled ends; seconds.
struct Cancellable {
  std::vector<double> ages, ends;
};

double alive_at(const std::vector<Law::Point>& survival, double time) {
  const auto after =
      std::upper_bound(survival.begin(), survival.end(), time,
                       [](double t, const Law::Point& point) { return t < point.time; });
  return after == survival.begin() ? 1 : std::prev(after)->survival;
}

/// How far ahead cancellations are known: where those that are known are the most, and the most of
/// what the curve expects to end by then.
Notice notice_of(Cancellable& running, const std::vector<Law::Point>& survival) {
  constexpr std::size_t moments_max = 50, ages_max = 1000;
  Notice notice;
  auto& ends = running.ends;
  if (ends.size() < cycle_ends_min || survival.empty()) return notice;
  std::sort(ends.begin(), ends.end());
  const std::size_t step = 1 + ends.size() / moments_max,
                    stride = 1 + running.ages.size() / ages_max;
  double best = 0;
  for (std::size_t n = (ends.size() - 1) % step; n < ends.size(); n += step) {
    const double known = static_cast<double>(n + 1);
    double expected = 0;
    for (std::size_t k = 0; k < running.ages.size(); k += stride) {
      const double alive = alive_at(survival, running.ages[k]);
      const double then = alive_at(survival, running.ages[k] + ends[n]);
      expected += static_cast<double>(stride) * (alive > 0 ? 1 - then / alive : 1);
    }
    const double worth = known * known / (known + expected + 1);
    if (worth < best) continue;
    best = worth;
    notice = {ends[n], std::min(1.0, known / std::max(expected, 1e-9))};
  }
  return notice;
}

/// Who leaves soon has cancelled, as far as that is the custom: the rest stays until then.
void split_by_notice(DemandModel& model, const std::vector<const Sale*>& sales) {
  std::map<std::string, Cancellable> cycles;
  for (const Sale* sale : sales) {
    if (!sale->life || !sale->running) continue;
    const auto vps = static_cast<std::size_t>(sale->vps);
    Cancellable& running = cycles[cycle_of(model, *sale)];
    running.ages.insert(running.ages.end(), vps, *sale->life);
    if (!sale->ends) continue;
    running.ends.insert(running.ends.end(), vps, std::max(0.0, *sale->ends - model.end));
  }
  std::vector<StillRunning> split;
  for (StillRunning& kind : model.still_running) {
    const auto own = model.survival_by_cycle.find(kind.cycle);
    const Notice notice =
        kind.ends ? Notice()
                  : notice_of(cycles[kind.cycle],
                              own == model.survival_by_cycle.end() ? model.survival : own->second);
    StillRunning staying = kind;
    staying.stays = notice.within;
    staying.ages.clear();
    std::vector<double> others;
    double due = 0.5;
    for (const double age : kind.ages) {
      due += notice.share;
      (due >= 1 ? staying.ages : others).push_back(age);
      if (due >= 1) due -= 1;
    }
    kind.ages = std::move(others);
    if (!kind.ages.empty()) split.push_back(std::move(kind));
    if (!staying.ages.empty()) split.push_back(std::move(staying));
  }
  model.still_running = std::move(split);
}

void add_lives(DemandModel& model, const std::vector<const Sale*>& sales) {
  for (auto& [cycle, lives] : lives_by_cycle(sales)) {
    model.survival_by_cycle[cycle] = Law::kaplan_meier_points(std::move(lives));
  }
  std::map<std::tuple<std::int64_t, std::string, double>, StillRunning> running;
  StillRunning* last = nullptr;  // most are of the same kind as the one before
  for (const Sale* sale : sales) {
    if (sale->group > 0) model.groups[sale->group] += sale->vps;
    if (!sale->life) continue;
    const auto vps = static_cast<std::size_t>(sale->vps);
    model.lives.insert(model.lives.end(), vps, {*sale->life, sale->running});
    if (!sale->running) continue;
    const std::string cycle = sale->ends ? "" : cycle_of(model, *sale);
    // All that end on the same day go together.
    const double day = sale->ends ? std::ceil((*sale->ends - model.end) / day_s) : -1;
    const bool is_same = last != nullptr && last->group == sale->group && last->cycle == cycle &&
                         !last->ends && !sale->ends;
    StillRunning& kind = is_same ? *last : running[{sale->group, cycle, day}];
    last = &kind;
    kind.group = sale->group;
    kind.cycle = cycle;
    if (sale->ends) kind.ends = std::max(0.0, *sale->ends - model.end);
    kind.ages.insert(kind.ages.end(), vps, *sale->life);
    model.ages.insert(model.ages.end(), vps, *sale->life);
    model.running += sale->vps;
  }
  for (auto& [key, kind] : running) model.still_running.push_back(std::move(kind));
  if (!model.lives.empty()) model.survival = Law::kaplan_meier_points(model.lives);
  split_by_notice(model, sales);
}

void learn_level(DemandModel& model, const Past& past, const ModelOptions& options) {
  PatternCounts counts(past);
  const std::size_t periods = past.periods();
  const std::size_t lead =
      std::clamp<std::size_t>(options.lead, 1, std::max<std::size_t>(1, periods / 4));
  model.few = model.batches < few_orders;
  if (model.few) {
    const Known known = known_before(past, periods, lead, {});
    model.outlook = few_outlook(past, model.open_share, options.prior, known.sizes);
    model.backtest.weights = Race().weights();
    return;
  }
  const Known known = known_at(past, periods, lead, counts);
  model.level_break = last_break(past, known.busy, periods);
  for (const std::size_t n : peaks_before(past, periods)) model.peaks.push_back(past.begin_of(n));
  model.backtest = backtest_of(past, options.lead, options.moments);
  model.outlook =
      mixture_of(candidates_of(known), model.backtest.weights, model.backtest.calibration);
  model.events = event_factors(past, model.outlook.pattern.hours, options.events);
}

}  // namespace

double DemandModel::growth_per_month() const {
  return std::expm1(std::clamp(outlook.growth * month_s / seconds_of(period), -0.7, 0.7));
}

double DemandModel::rate_error_in_a_month() const {
  const double walked = outlook.orders.walk * month_s / seconds_of(period);
  return std::sqrt((1 + outlook.orders.fixed) * std::exp(walked) - 1);
}

DemandModel model_of(const Past& past, const ModelOptions& options) {
  if (past.batches.empty()) {
    throw NoFit(std::string("nothing was sold in a whole period (one ") + name_of(past.period) +
                ")");
  }
  if (past.periods() < 2) {
    throw NoFit(std::string("the history is shorter than two of its periods (one ") +
                name_of(past.period) + ")");
  }
  DemandModel model;
  model.product = past.product;
  model.period = past.period;
  model.begin = past.begin;
  model.end = past.end;
  model.batches = static_cast<std::int64_t>(past.batches.size());
  for (const Batch& batch : past.batches) model.vps += batch.vps;
  model.open_share = open_share(past.begin, past.end, past.closed);
  if (model.open_share <= 0) throw NoFit("it was closed all the time");
  learn_level(model, past, options);
  add_lives(model, past.sales);
  return model;
}

}  // namespace vfstock::sim::forecast::fit
