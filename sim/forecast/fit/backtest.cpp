#include "sim/forecast/fit/backtest.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <utility>

#include "sim/forecast/fit/breaks.h"

namespace vfstock::sim::forecast::fit {
namespace {

constexpr std::size_t periods_min = 21;
constexpr std::array<double, 7> held_quantiles{0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};

/// From 1 to the lead time, each longer by the same factor.
std::vector<std::size_t> stretches_to(std::size_t lead) {
  std::vector<std::size_t> lengths{1};
  for (std::size_t n = 1; n < stretches_max; ++n) {
    const double share = static_cast<double>(n) / (stretches_max - 1);
    const auto length =
        static_cast<std::size_t>(std::llround(std::pow(static_cast<double>(lead), share)));
    if (length > lengths.back()) lengths.push_back(length);
  }
  return lengths;
}

class Run {
 public:
  Run(const Past& past, std::size_t lead, std::size_t moments)
      : past_(past), counts_(past), lead_(lead), lengths_(stretches_to(lead)) {
    const std::size_t periods = past.periods();
    held_from_ = periods - periods / 3;
    first_ = periods / 3;
    step_ = std::max<std::size_t>(1, (periods - first_ + moments - 1) / moments);
    // The held out third begins with a moment of its own.
    first_ = held_from_ - (held_from_ - first_) / step_ * step_;
    backtest_.lead = lead;
  }

  Backtest result() {
    for (std::size_t moment = first_; moment < past_.periods(); moment += step_) look(moment);
    learn_until(past_.periods());
    backtest_.weights = race_.weights();
    backtest_.calibration = record_.calibration();
    backtest_.best = race_.best();
    return std::move(backtest_);
  }

 private:
  /// What a moment's forecasts of totals turned out to be worth, which is known when they are over.
  struct Verdict {
    std::size_t known_from = 0;
    std::array<ScoreRow, methods.size()> rows{};
    ScaledLaw total;
    double vps = 0;
  };

  void learn_until(std::size_t moment) {
    while (!verdicts_.empty() && verdicts_.front().known_from <= moment) {
      race_.add(verdicts_.front().rows);
      record_.add_total(verdicts_.front().total, verdicts_.front().vps);
      verdicts_.pop_front();
    }
  }

  void look(std::size_t moment) {
    learn_until(moment);
    const Known known = known_at(past_, moment, lead_, counts_);
    const std::vector<Outlook> candidates = candidates_of(known);
    const Outlook fitted = mixture_of(candidates, race_.weights(), record_.calibration());
    const bool is_held = moment >= held_from_;
    score_periods(moment, candidates, fitted, is_held);
    if (past_.periods() - moment < lead_) return;
    Verdict verdict;
    verdict.known_from = moment + lead_;
    const double stock = stock_at(candidates[place_of(Method::level_flat)], moment);
    for (std::size_t m = 0; m < methods.size(); ++m) {
      const Marks marks = score_totals(candidates[m], moment, stock, verdict.rows[m], nullptr);
      if (is_held) backtest_.marks[m].add(marks);
    }
    ScoreRow own{};
    const Marks marks = score_totals(fitted, moment, stock, own, &verdict);
    if (is_held) backtest_.fitted.add(marks);
    if (is_held) score_sell_out(fitted, moment, stock);
    verdicts_.push_back(std::move(verdict));
  }

  /// As much as is expected to be sold in half the lead time.
  double stock_at(const Outlook& outlook, std::size_t moment) const {
    Reach reach(outlook);
    const auto busy = open_hours(past_, outlook.pattern.hours, moment, moment + (lead_ + 1) / 2);
    for (const double hours : busy) reach.add(hours);
    return std::max(1.0, std::ceil(reach.mean_vps()));
  }

  Marks score_totals(const Outlook& outlook, std::size_t moment, double stock, ScoreRow& row,
                     Verdict* verdict) const {
    const auto busy = open_hours(past_, outlook.pattern.hours, moment, moment + lead_);
    Reach reach(outlook);
    Marks marks;
    double vps = 0;
    std::size_t reached = 0;
    for (std::size_t n = 0; n < lengths_.size(); ++n) {
      const std::size_t before = reached;
      for (; reached < lengths_[n]; ++reached) {
        reach.add(busy[reached]);
        vps += past_.vps_counts[moment + reached];
      }
      const ScaledLaw law = reach.vps_law();
      row[n] = ranked_probability_score(law, vps);
      const double sold_out = 1 - law.below(stock), was = vps >= stock ? 1 : 0;
      const double share = static_cast<double>(lengths_[n] - before) / static_cast<double>(lead_);
      row.back() += share * (sold_out - was) * (sold_out - was);
      if (n + 1 < lengths_.size()) continue;
      marks.totals.add(law, vps);
      if (verdict == nullptr) continue;
      verdict->total = law;
      verdict->vps = vps;
    }
    marks.sell_out = row.back();
    return marks;
  }

  /// Whether the period in which the stock was sold lies between the 10 % and the 90 % quantile:
  /// the first ones by whose ends that much is probable.
  void score_sell_out(const Outlook& outlook, std::size_t moment, double stock) {
    const auto busy = open_hours(past_, outlook.pattern.hours, moment, moment + lead_);
    Reach reach(outlook), before(outlook);
    double vps = 0;
    for (std::size_t n = 0; n < lead_; ++n) {
      if (n > 0) before.add(busy[n - 1]);
      reach.add(busy[n]);
      vps += past_.vps_counts[moment + n];
      if (vps < stock) continue;
      const double by_then = 1 - reach.vps_law().below(stock);
      const double earlier = n > 0 ? 1 - before.vps_law().below(stock) : 0;
      ++backtest_.sell_outs;
      if (by_then >= 0.1 && earlier < 0.9) ++backtest_.sell_outs_within_80;
      return;
    }
  }

  void score_periods(std::size_t moment, const std::vector<Outlook>& candidates,
                     const Outlook& fitted, bool is_held) {
    const std::size_t end = std::min(past_.periods(), moment + step_);
    for (std::size_t m = 0; is_held && m < candidates.size(); ++m) {
      const auto busy = open_hours(past_, candidates[m].pattern.hours, moment, end);
      for (std::size_t n = moment; n < end; ++n) {
        if (busy[n - moment] <= 0) continue;
        Reach reach(candidates[m], n - moment);
        reach.add(busy[n - moment]);
        backtest_.marks[m].periods.add(reach.vps_law(), past_.vps_counts[n]);
      }
    }
    const auto busy = open_hours(past_, fitted.pattern.hours, moment, end);
    for (std::size_t n = moment; n < end; ++n) {
      if (busy[n - moment] <= 0) continue;
      Reach reach(fitted, n - moment);
      reach.add(busy[n - moment]);
      const ScaledLaw orders = reach.batch_law(), vps = reach.vps_law();
      if (is_held) hold(reach, orders, vps, n);
      record_.add_period(orders, past_.batch_counts[n], vps, past_.vps_counts[n]);
    }
  }

  void hold(const Reach& reach, const ScaledLaw& orders, const ScaledLaw& vps, std::size_t period) {
    Held held{past_.begin_of(period),
              past_.vps_counts[period],
              past_.batch_counts[period],
              reach.mean_vps(),
              {},
              {}};
    for (std::size_t q = 0; q < held_quantiles.size(); ++q) {
      held.quantiles[q] = vps.quantile(held_quantiles[q]);
      held.batch_quantiles[q] = orders.quantile(held_quantiles[q]);
    }
    backtest_.fitted.periods.add(vps, held.vps);
    backtest_.batches.add(orders, held.batches);
    backtest_.pit.add(vps, held.vps);
    backtest_.held.push_back(held);
  }

  const Past& past_;
  PatternCounts counts_;
  std::size_t lead_;
  std::vector<std::size_t> lengths_;
  std::size_t held_from_ = 0, first_ = 0, step_ = 1;
  Race race_;
  Record record_;
  std::deque<Verdict> verdicts_;
  Backtest backtest_;
};

}  // namespace

void Score::add(const ScaledLaw& law, double observed) {
  ++forecasts;
  within_50 += is_covered(law, observed, 0.5) ? 1 : 0;
  within_80 += is_covered(law, observed, 0.8) ? 1 : 0;
  within_90 += is_covered(law, observed, 0.9) ? 1 : 0;
  pinball += pinball_loss(law, observed);
  ranked += ranked_probability_score(law, observed);
}

void Score::add(const Score& other) {
  forecasts += other.forecasts;
  within_50 += other.within_50;
  within_80 += other.within_80;
  within_90 += other.within_90;
  pinball += other.pinball;
  ranked += other.ranked;
}

void Marks::add(const Marks& other) {
  periods.add(other.periods);
  totals.add(other.totals);
  sell_out += other.sell_out;
}

void Backtest::add(const Backtest& other) {
  lead = std::max(lead, other.lead);
  fitted.add(other.fitted);
  for (std::size_t m = 0; m < marks.size(); ++m) marks[m].add(other.marks[m]);
  batches.add(other.batches);
  pit.add(other.pit);
  sell_outs += other.sell_outs;
  sell_outs_within_80 += other.sell_outs_within_80;
}

Known known_at(const Past& past, std::size_t until, std::size_t lead, PatternCounts& counts) {
  counts.advance(until);
  Known known = known_before(past, until, lead, counts.pattern());
  if (const auto found = last_break(past, known.busy, until)) known.first = found->period;
  return known;
}

Backtest backtest_of(const Past& past, std::size_t lead, std::size_t moments) {
  Backtest none;
  none.weights = Race().weights();
  const std::size_t periods = past.periods();
  if (periods < periods_min) return none;
  return Run(past, std::clamp<std::size_t>(lead, 1, periods / 4), moments).result();
}

}  // namespace vfstock::sim::forecast::fit
