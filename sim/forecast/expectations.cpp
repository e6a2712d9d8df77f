#include "sim/forecast/expectations.h"

#include <functional>

#include <fmt/format.h>

#include "sim/forecast/figures.h"

namespace vfstock::sim::forecast {
namespace {

std::string share_text(const Estimate& share) {
  return fmt::format("{:.4g} % ({:.4g} % to {:.4g} %)", 100 * share.value, 100 * share.low,
                     100 * share.high);
}

std::string count_text(const Estimate& count) {
  return fmt::format("{:.4g} ({:.4g} to {:.4g})", count.value, count.low, count.high);
}

Verdict::Is at_most(const Estimate& found, double most) {
  if (found.high <= most) return Verdict::Is::met;
  return found.low > most ? Verdict::Is::not_met : Verdict::Is::unknown;
}

Verdict::Is at_least(const Estimate& found, double least) {
  if (found.low >= least) return Verdict::Is::met;
  return found.high < least ? Verdict::Is::not_met : Verdict::Is::unknown;
}

void judge(const Expectation& expected, const Outcomes& outcomes, std::size_t product,
           const std::string& name, std::vector<Verdict>& verdicts) {
  if (expected.sold_out_within) {
    const Estimate found = sold_out_share(outcomes, product, *expected.sold_out_within);
    verdicts.push_back({fmt::format("{}: sold out by day {:g} in at most {:g} % of the runs", name,
                                    static_cast<double>(*expected.sold_out_within) / day_ms,
                                    100 * expected.probability_at_most),
                        share_text(found), at_most(found, expected.probability_at_most)});
  }
  const Figures figures = figures_of(outcomes, product);
  if (expected.fill_rate_at_least) {
    const double least = *expected.fill_rate_at_least;
    verdicts.push_back({fmt::format("{}: a fill rate of at least {:g} %", name, 100 * least),
                        share_text(figures.fill_rate), at_least(figures.fill_rate, least)});
  }
  const auto count = [&](const std::optional<double>& most, const char* what,
                         const Estimate& found) {
    if (!most) return;
    verdicts.push_back({fmt::format("{}: at most {:g} VPSes {} per run", name, *most, what),
                        count_text(found), at_most(found, *most)});
  };
  count(expected.oversold_at_most, "oversold", figures.oversold);
  const Estimate &none_left = figures.lost_true, &room_left = figures.lost_false;
  count(expected.lost_at_most, "lost",
        {none_left.value + room_left.value, none_left.low + room_left.low,
         none_left.high + room_left.high});
}

}  // namespace

std::vector<Verdict> verdicts_of(const Scene& scene, const Outcomes& outcomes) {
  std::vector<Verdict> verdicts;
  for (const Expectation& expected : scene.plan.expectations) {
    for (std::size_t p = 0; p < scene.terms.rows.size(); ++p) {
      const catalogue::Product& row = scene.terms.rows[p];
      if (expected.product && row.id != *expected.product) continue;
      judge(expected, outcomes, p, fmt::format("{} (product {})", row.name, row.id.value),
            verdicts);
    }
  }
  return verdicts;
}

}  // namespace vfstock::sim::forecast
