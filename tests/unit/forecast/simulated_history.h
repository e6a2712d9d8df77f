// Histories of shops whose customers are known: what fit learns must be what was put in.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "sim/forecast/arrivals.h"
#include "sim/forecast/chance.h"
#include "sim/forecast/fit/history.h"
#include "sim/forecast/law.h"
#include "sim/forecast/plan.h"

namespace vfstock::sim::forecast::fit {

/// 2024-01-01, a Monday.
inline constexpr double monday = 19'723 * day_s;

/// So many days of one product's customers, from a Monday on.
inline History simulated_history(const ArrivalRate& rate, const BatchSizes& sizes, const Law& life,
                                 double days, std::uint32_t seed,
                                 const std::string& product = "1") {
  History history;
  history.source = "simulation";
  history.end = monday + days * day_s;
  const Chance chance(seed, 0);
  const std::uint32_t stream = entity_of(product);
  Arrivals arrivals;
  arrivals.begin(rate, chance, stream, days * day_ms);
  std::uint32_t vps = 0;
  for (std::uint32_t n = 0;; ++n) {
    const Bits bits = chance.bits(Purpose::arrival, stream, n);
    const double at = arrivals.next(exponential(bits.first));
    if (at == never) break;
    for (std::int64_t left = sizes.size(unit(bits.second)); left > 0; --left) {
      Sale sale;
      sale.product = product;
      sale.at = monday + at / 1000;
      sale.batch = n;
      const double lasts = life.life(unit(chance.bits(Purpose::vps, stream, vps++).first)) / 1000;
      sale.running = sale.at + lasts > history.end;
      sale.life = std::min(lasts, history.end - sale.at);
      history.sales.push_back(sale);
    }
  }
  return history;
}

}  // namespace vfstock::sim::forecast::fit
