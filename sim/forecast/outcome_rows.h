// Replicates as columns: one figure of one product, or of the sum over all, run by run.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "sim/forecast/estimate.h"
#include "sim/forecast/study.h"

namespace vfstock::sim::forecast {

/// One product's outcomes, or the sum over all products, replicate by replicate.
class Rows {
 public:
  Rows(const Outcomes& outcomes, std::optional<std::size_t> product, std::size_t count)
      : count_(count) {
    rows_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      rows_.push_back(product ? outcomes[i].products[*product] : sum(outcomes[i].products));
    }
  }

  std::vector<double> each(double ProductOutcome::*field) const {
    std::vector<double> values;
    values.reserve(count_);
    for (const ProductOutcome& row : rows_) values.push_back(row.*field);
    return values;
  }
  std::size_t count() const { return count_; }

 private:
  static ProductOutcome sum(const std::vector<ProductOutcome>& products) {
    constexpr std::array fields{&ProductOutcome::wanted,         &ProductOutcome::served,
                                &ProductOutcome::lost_true,      &ProductOutcome::lost_false,
                                &ProductOutcome::oversold,       &ProductOutcome::money_served,
                                &ProductOutcome::money_lost,     &ProductOutcome::money_oversold,
                                &ProductOutcome::probes,         &ProductOutcome::stale,
                                &ProductOutcome::stale_by,       &ProductOutcome::in_stock,
                                &ProductOutcome::revenue_served, &ProductOutcome::revenue_lost};
    ProductOutcome total;
    double last = -1;
    for (const ProductOutcome& product : products) {
      for (const auto field : fields) total.*field += product.*field;
      // As a whole the shop is sold out when its last product is.
      last = product.sold_out_at < 0 ? infinite : std::max(last, product.sold_out_at);
    }
    if (!products.empty()) total.in_stock /= static_cast<double>(products.size());
    total.sold_out_at = last == infinite ? -1 : last;
    return total;
  }

  std::size_t count_;
  std::vector<ProductOutcome> rows_;
};

/// Moments in ms, -1 for none, become days, infinity for none.
inline std::vector<double> in_days(std::vector<double> moments) {
  for (double& moment : moments) moment = moment < 0 ? infinite : moment / day_ms;
  return moments;
}

}  // namespace vfstock::sim::forecast
