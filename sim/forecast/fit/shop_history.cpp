#include "sim/forecast/fit/shop_history.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace vfstock::sim::forecast::fit {
namespace {

double seconds(WallTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

double midnight(double time) { return std::floor(time / day_s) * day_s; }

enum class Fate { never_a_vps, runs, ended };

Fate fate_of(const catalogue::SoldService& service) {
  // An order that is not paid stays Pending for ever.
  if (service.status == "Fraud" || service.status == "Pending") return Fate::never_a_vps;
  if (service.status == "Active" || service.status == "Suspended") return Fate::runs;
  if (service.status == "Cancelled" && !service.ended) return Fate::never_a_vps;
  return Fate::ended;
}

class ShopReader {
 public:
  explicit ShopReader(WallTime as_of) { history_.end = midnight(seconds(as_of)); }

  void add(const catalogue::SoldService& service) {
    const Fate fate = fate_of(service);
    if (fate == Fate::never_a_vps) return count("orders never became a VPS and are left out");
    const auto ordered = service.ordered ? service.ordered : service.registered;
    if (!ordered) return count("services without any date are left out");
    Sale sale;
    sale.product = std::to_string(service.product.value);
    sale.at = seconds(*ordered);
    if (sale.at >= history_.end) return count("orders of a day that is not over are left out");
    sale.hour_known = service.ordered.has_value();
    // A service without an order is a batch of its own, apart from every order's number.
    sale.batch = service.order != 0 ? service.order : -service.service;
    sale.vps = service.vps;
    sale.group = service.group;
    if (!sale.hour_known) count("services have the day of their order alone, not the hour");
    sale.cycle = service.cycle;
    if (fate == Fate::runs) run_on(sale);
    if (fate == Fate::runs && service.cancelled_for) {
      sale.ends = std::max(history_.end, seconds(*service.cancelled_for));
      count("services that run are cancelled already and end on their due dates");
    }
    if (fate == Fate::ended) end(sale, service);
    history_.sales.push_back(std::move(sale));
  }

  History finished() {
    std::stable_sort(history_.sales.begin(), history_.sales.end(),
                     [](const Sale& one, const Sale& other) { return one.at < other.at; });
    for (const auto& [what, times] : counts_) {
      history_.remarks.push_back(fmt::format("{} {}", times, what));
    }
    return std::move(history_);
  }

 private:
  void count(const std::string& what) { ++counts_[what]; }

  void run_on(Sale& sale) const {
    sale.running = true;
    sale.life = history_.end - sale.at;
  }

  void end(Sale& sale, const catalogue::SoldService& service) {
    if (!service.ended) return count("services ended on a date that was not kept");
    const double ended = seconds(*service.ended), began = midnight(sale.at);
    if (ended < began) return count("services ended before they were ordered, by their dates");
    if (ended >= history_.end) return run_on(sale);
    sale.life = std::max(day_s / 2, ended - began);
  }

  History history_;
  std::map<std::string, int> counts_;
};

}  // namespace

History history_of(const std::vector<catalogue::SoldService>& sold, WallTime as_of) {
  ShopReader reader(as_of);
  for (const catalogue::SoldService& service : sold) reader.add(service);
  return reader.finished();
}

}  // namespace vfstock::sim::forecast::fit
