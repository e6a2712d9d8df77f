#include "sim/forecast/purchase.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace vfstock::sim::forecast {
namespace {

constexpr Time whole_day = 86'400'000;
constexpr double month = 30 * day_ms;
constexpr std::size_t curve_trials = 10;  // so many choices are measured for the table

class Search {
 public:
  Search(const Purchase& purchase, Time horizon,
         const std::function<PurchaseMeasure(const PurchaseChoice&)>& measure)
      : purchase_(purchase), horizon_(horizon), measure_(measure) {}

  PurchaseTrial attempt(const PurchaseChoice& choice) {
    const auto known = std::find_if(trials_.begin(), trials_.end(),
                                    [&](const auto& trial) { return trial.choice == choice; });
    if (known != trials_.end()) return *known;
    trials_.push_back({choice, measure_(choice), cost_of(purchase_, choice, horizon_)});
    return trials_.back();
  }
  bool is_enough(const PurchaseTrial& trial) const {
    return reaches_target(purchase_, trial.measure);
  }
  bool is_known(const PurchaseChoice& choice) const {
    return std::any_of(trials_.begin(), trials_.end(),
                       [&](const auto& trial) { return trial.choice == choice; });
  }
  std::vector<PurchaseTrial> trials() { return std::move(trials_); }

 private:
  const Purchase& purchase_;
  Time horizon_;
  const std::function<PurchaseMeasure(const PurchaseChoice&)>& measure_;
  std::vector<PurchaseTrial> trials_;
};

/// Every choice but none at all, ordered at once: by cost, number, and the order of the offers.
std::vector<PurchaseChoice> all_choices(const Purchase& purchase, Time horizon) {
  struct Priced {
    double cost = 0;
    PurchaseChoice choice;
  };
  std::vector<Priced> priced;
  PurchaseChoice choice{std::vector<std::int64_t>(purchase.offers.size(), 0), 0};
  for (;;) {
    std::size_t digit = 0;
    while (digit < choice.counts.size() && choice.counts[digit] == purchase.offers[digit].most) {
      choice.counts[digit++] = 0;
    }
    if (digit == choice.counts.size()) break;
    ++choice.counts[digit];
    priced.push_back({cost_of(purchase, choice, horizon), choice});
  }
  std::sort(priced.begin(), priced.end(), [](const Priced& one, const Priced& other) {
    if (one.cost != other.cost) return one.cost < other.cost;
    if (one.choice.total() != other.choice.total()) {
      return one.choice.total() < other.choice.total();
    }
    return one.choice.counts > other.choice.counts;
  });
  std::vector<PurchaseChoice> choices;
  for (Priced& one : priced) choices.push_back(std::move(one.choice));
  return choices;
}

bool is_within(const PurchaseChoice& one, const PurchaseChoice& other) {
  for (std::size_t i = 0; i < one.counts.size(); ++i) {
    if (one.counts[i] > other.counts[i]) return false;
  }
  return true;
}

/// The cheapest choice that is enough. What is open is halved: a choice that is enough rules out
/// all that cost more, one that is not rules out all that lie within it.
std::optional<PurchaseTrial> cheapest_of(Search& search, const std::vector<PurchaseChoice>& all) {
  const auto most = *std::max_element(
      all.begin(), all.end(),
      [](const auto& one, const auto& other) { return one.total() < other.total(); });
  std::optional<PurchaseTrial> best;
  std::vector<PurchaseChoice> open = all;
  while (!open.empty()) {
    const PurchaseChoice middle = open[(open.size() - 1) / 2];
    const PurchaseTrial trial = search.attempt(middle);
    if (search.is_enough(trial)) {
      best = trial;
      open.erase(open.begin() + static_cast<std::ptrdiff_t>((open.size() - 1) / 2), open.end());
    } else {
      std::erase_if(open, [&](const auto& choice) { return is_within(choice, middle); });
    }
    // Before anything else is ruled out by hand: is there an answer at all?
    if (!best && !search.is_known(most) && !search.is_enough(search.attempt(most))) break;
  }
  return best;
}

/// The latest day on which the same numbers are still enough.
PurchaseTrial latest_of(Search& search, const PurchaseTrial& best, Time horizon) {
  std::int64_t enough = 0, too_late = (horizon + whole_day - 1) / whole_day;
  PurchaseTrial latest = best;
  while (too_late - enough > 1) {
    const std::int64_t day = enough + (too_late - enough) / 2;
    const PurchaseTrial trial = search.attempt({best.choice.counts, day * whole_day});
    if (search.is_enough(trial)) {
      enough = day;
      latest = trial;
    } else {
      too_late = day;
    }
  }
  return latest;
}

/// The day that earns the most: a grid over the horizon, refined around its best.
PurchaseTrial best_day_of(Search& search, const PurchaseTrial& best, Time horizon) {
  constexpr std::int64_t grid = 8;
  const std::int64_t days = horizon / whole_day;
  PurchaseTrial found = best;
  const auto look = [&](std::int64_t day) {
    if (day < 0 || day > days) return;
    const PurchaseTrial trial = search.attempt({best.choice.counts, day * whole_day});
    if (trial.net() > found.net()) found = trial;
  };
  std::int64_t step = std::max<std::int64_t>(1, days / grid);
  for (std::int64_t day = step; day <= days; day += step) look(day);
  while (step > 1) {
    step /= 2;
    const std::int64_t centre = found.choice.ordered_at / whole_day;
    look(centre - step);
    look(centre + step);
  }
  return found;
}

/// The cheapest choices around the best one, so that the table shows what less or more would do.
void fill_the_curve(Search& search, const std::vector<PurchaseChoice>& all,
                    const PurchaseTrial& best) {
  std::size_t measured = 0;
  for (const PurchaseChoice& choice : all) {
    if (measured == curve_trials || choice.total() > best.choice.total() + 2) break;
    search.attempt(choice);
    ++measured;
  }
}

/// Where nothing has a price, what is bought counts by its number.
void mark_efficient(std::vector<PurchaseTrial>& trials) {
  const bool is_priced =
      std::any_of(trials.begin(), trials.end(), [](const auto& one) { return one.cost > 0; });
  const auto expense = [&](const PurchaseTrial& trial) {
    return is_priced ? trial.cost : static_cast<double>(trial.choice.total());
  };
  for (PurchaseTrial& trial : trials) {
    const double serves = trial.measure.fill_rate.value;
    trial.is_efficient =
        trial.choice.ordered_at == 0 &&
        std::none_of(trials.begin(), trials.end(), [&](const PurchaseTrial& other) {
          const double served = other.measure.fill_rate.value;
          return other.choice.ordered_at == 0 && expense(other) <= expense(trial) &&
                 served >= serves && (expense(other) < expense(trial) || served > serves);
        });
  }
}

}  // namespace

std::int64_t PurchaseChoice::total() const {
  return std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
}

double cost_of(const Purchase& purchase, const PurchaseChoice& choice, Time horizon) {
  constexpr int draws = 100;  // of the lead time, evenly over its law
  double cost = 0;
  for (std::size_t i = 0; i < purchase.offers.size(); ++i) {
    const PurchaseOffer& offer = purchase.offers[i];
    if (choice.counts[i] == 0) continue;
    double left = 0;
    for (int n = 0; n < draws && offer.monthly > 0; ++n) {
      const double there =
          static_cast<double>(choice.ordered_at) + offer.lead.life((n + 0.5) / draws);
      left += std::max(0.0, static_cast<double>(horizon) - there);
    }
    const double months = left / draws / month;
    cost += static_cast<double>(choice.counts[i]) * (offer.price + offer.monthly * months);
  }
  return cost;
}

bool reaches_target(const Purchase& purchase, const PurchaseMeasure& measure) {
  switch (purchase.target) {
    case Purchase::Target::fill_rate:
      return measure.fill_rate.low >= purchase.threshold;
    case Purchase::Target::sold_out:
      return measure.sold_out.high <= purchase.threshold;
    case Purchase::Target::money:
      break;
  }
  return true;
}

PurchaseAnswer search_purchase(
    const Purchase& purchase, Time horizon,
    const std::function<PurchaseMeasure(const PurchaseChoice&)>& measure) {
  Search search(purchase, horizon, measure);
  PurchaseAnswer answer;
  answer.without = search.attempt({std::vector<std::int64_t>(purchase.offers.size(), 0), 0});
  const bool is_money = purchase.target == Purchase::Target::money;
  const std::vector<PurchaseChoice> all = all_choices(purchase, horizon);
  if (is_money) {
    answer.best = answer.without;
    for (const PurchaseChoice& choice : all) {
      const PurchaseTrial trial = search.attempt(choice);
      if (trial.net() > answer.best->net()) answer.best = trial;
    }
  } else if (search.is_enough(answer.without)) {
    answer.best = answer.without;
  } else {
    answer.best = cheapest_of(search, all);
  }
  if (answer.best && answer.best->choice.total() > 0) {
    fill_the_curve(search, all, *answer.best);
    answer.latest = is_money ? best_day_of(search, *answer.best, horizon)
                             : latest_of(search, *answer.best, horizon);
  }
  answer.trials = search.trials();
  std::sort(answer.trials.begin(), answer.trials.end(), [](const auto& one, const auto& other) {
    const auto key = [](const PurchaseTrial& trial) {
      return std::tuple(trial.choice.ordered_at, trial.cost, trial.choice.total(),
                        trial.choice.counts);
    };
    return key(one) < key(other);
  });
  mark_efficient(answer.trials);
  return answer;
}

}  // namespace vfstock::sim::forecast
