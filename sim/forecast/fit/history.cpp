#include "sim/forecast/fit/history.h"

#include <algorithm>

namespace vfstock::sim::forecast::fit {

std::vector<Span> merged(std::vector<Span> spans) {
  std::erase_if(spans, [](const Span& span) { return !(span.from < span.until); });
  std::sort(spans.begin(), spans.end(),
            [](const Span& one, const Span& other) { return one.from < other.from; });
  std::vector<Span> apart;
  for (const Span& span : spans) {
    if (apart.empty() || span.from > apart.back().until) {
      apart.push_back(span);
    } else {
      apart.back().until = std::max(apart.back().until, span.until);
    }
  }
  return apart;
}

void end_at(History& history, double end) {
  std::erase_if(history.sales, [&](const Sale& sale) { return sale.at >= end; });
  for (Sale& sale : history.sales) {
    if (sale.life && sale.at + *sale.life > end) {
      sale.life = end - sale.at;
      sale.running = true;
    }
    if (sale.ends && *sale.ends < end) sale.ends.reset();
  }
  for (auto& [product, gaps] : history.emptied) {
    for (Span& gap : gaps) gap.until = std::min(gap.until, end);
    gaps = merged(std::move(gaps));
  }
  history.end = end;
}

}  // namespace vfstock::sim::forecast::fit
