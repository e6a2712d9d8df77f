#include "sim/forecast/mix.h"

#include <algorithm>
#include <array>

namespace vfstock::sim::forecast {
namespace {

const Reserves* reserves_of(const Offer& offer) {
  return offer.holds_back ? &offer.reserves : nullptr;
}

/// The product's group with the most room for it; -1: there is none.
std::int32_t roomiest_group(const FleetColumns& fleet, const Offer& offer) {
  std::int32_t best = -1;
  std::int64_t most = 0;
  for (const std::int32_t group : offer.groups) {
    const std::int64_t places = fleet.count(group, offer.need, reserves_of(offer));
    if (places < 0) return group;
    if (places <= most) continue;
    most = places;
    best = group;
  }
  return best;
}

std::int32_t most_binding(const FleetColumns& fleet, const Offer& offer) {
  std::array<int, 5> hypervisors{};
  for (const std::int32_t group : offer.groups) {
    const FleetColumns::Members all = fleet.members(group);
    for (std::int32_t h = all.begin; h < all.end; ++h) {
      if (!fleet.is_placeable(h)) continue;
      const auto fits = fleet.fits(h, offer.need, reserves_of(offer));
      for (std::size_t d = 0; d < fits.size(); ++d) {
        if (fits[d] == 0) ++hypervisors[d];
      }
    }
  }
  const auto most = std::max_element(hypervisors.begin(), hypervisors.end());
  return *most == 0 ? -1 : static_cast<std::int32_t>(most - hypervisors.begin());
}

/// The product that lags most behind its share when one more is placed.
std::size_t next_of(const std::vector<double>& shares, const MixFit& fit) {
  std::size_t best = 0;
  double lag_most = -1e300;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double lag =
        shares[i] * static_cast<double>(fit.total + 1) - static_cast<double>(fit.together[i]);
    if (lag <= lag_most + 1e-12) continue;
    lag_most = lag;
    best = i;
  }
  return best;
}

}  // namespace

MixFit fitting_mix(const Scene& scene, const FleetColumns& fleet,
                   const std::vector<Offer>& offers) {
  const auto& products = scene.plan.mix->products;
  std::vector<const Offer*> wanted;
  std::vector<double> shares;
  double weights = 0;
  for (const auto& choice : products) weights += choice.weight;
  MixFit fit;
  for (const auto& choice : products) {
    wanted.push_back(&offers[static_cast<std::size_t>(scene.product_index(choice.what))]);
    shares.push_back(choice.weight / weights);
    const std::int64_t alone = stock_of(*wanted.back(), fleet);
    fit.alone.push_back(alone >= catalogue::Set::column_max ? -1 : alone);
  }
  fit.together.assign(products.size(), 0);
  FleetColumns filled = fleet;
  Held held;
  while (fit.total < mix_max) {
    const std::size_t next = next_of(shares, fit);
    const Offer& offer = *wanted[next];
    const std::int32_t group = offer.sellable ? roomiest_group(filled, offer) : -1;
    const std::int32_t host = group < 0 ? -1 : filled.choose(group, offer.need, reserves_of(offer));
    if (host < 0) {
      fit.stopped_by = static_cast<std::int32_t>(next);
      fit.dimension = most_binding(filled, offer);
      break;
    }
    filled.take(host, offer.need, held);
    ++fit.together[next];
    ++fit.total;
  }
  return fit;
}

}  // namespace vfstock::sim::forecast
