#include "sim/forecast/purchase.h"

#include <algorithm>
#include <utility>

#include "mockpanel/model/duration.h"
#include "sim/document/schemas.h"

namespace vfstock::sim::forecast {

using document::Json;
using fleet::Place;
using fleet::refuse;

namespace {

constexpr Time whole_day = 86'400'000;

class Search {
 public:
  Search(const Purchase& purchase, const std::function<Estimate(std::int64_t, Time)>& fill_rate)
      : purchase_(purchase), fill_rate_(fill_rate) {}

  PurchaseTrial attempt(std::int64_t count, Time at) {
    trials_.push_back({count, at, fill_rate_(count, at)});
    return trials_.back();
  }
  bool is_enough(const PurchaseTrial& trial) const {
    return trial.fill_rate.low >= purchase_.fill_rate;
  }

  /// Between one that is not enough and one that is.
  template <class Make>
  PurchaseTrial edge(std::int64_t too_little, PurchaseTrial enough, std::int64_t number,
                     Make make) {
    while (number - too_little > 1 || too_little - number > 1) {
      const std::int64_t middle = too_little + (number - too_little) / 2;
      const PurchaseTrial found = make(middle);
      if (is_enough(found)) {
        enough = found;
        number = middle;
      } else {
        too_little = middle;
      }
    }
    return enough;
  }

  std::vector<PurchaseTrial> trials() { return std::move(trials_); }

 private:
  const Purchase& purchase_;
  const std::function<Estimate(std::int64_t, Time)>& fill_rate_;
  std::vector<PurchaseTrial> trials_;
};

/// Doubling first: a plan's answer is nearer to one than to the most.
std::optional<PurchaseTrial> fewest_of(Search& search, const Purchase& purchase) {
  std::int64_t too_few = 0;
  for (std::int64_t count = 1;; count = std::min(2 * count, purchase.most)) {
    const PurchaseTrial found = search.attempt(count, purchase.lead_time);
    if (search.is_enough(found)) {
      return search.edge(too_few, found, count, [&](std::int64_t middle) {
        return search.attempt(middle, purchase.lead_time);
      });
    }
    too_few = count;
    if (count == purchase.most) return std::nullopt;
  }
}

PurchaseTrial latest_of(Search& search, const Purchase& purchase, const PurchaseTrial& fewest,
                        Time horizon) {
  const std::int64_t days = (horizon - purchase.lead_time + whole_day - 1) / whole_day;
  // At the horizon they serve nobody, as without them.
  return search.edge(days, fewest, 0, [&](std::int64_t waited) {
    return search.attempt(fewest.count, purchase.lead_time + waited * whole_day);
  });
}

}  // namespace

Purchase read_purchase(const std::filesystem::path& file) {
  const Json json = document::read_file(file);
  document::published_schemas().check("purchase.schema.json", json, file.string());
  const Place root{file.string(), ""};
  Purchase purchase;
  purchase.file = file.string();
  purchase.name = json["name"].get<std::string>();
  purchase.group = json["group"].get<std::int64_t>();
  purchase.hypervisor = json["hypervisor"];
  purchase.lead_time = read_time(json["lead_time"], root.at("lead_time"));
  purchase.fill_rate = json["fill_rate"].get<double>();
  if (json.contains("product")) purchase.product = json["product"].get<std::int64_t>();
  purchase.most = json["most"].get<std::int64_t>();
  return purchase;
}

void check_purchase(const Purchase& purchase, const Plan& plan) {
  const Place root{purchase.file, ""};
  if (!plan.panel.groups.contains(purchase.group)) {
    refuse(root.at("group"), "the plan has no group " + std::to_string(purchase.group));
  }
  const auto& rows = plan.shop.products;
  if (purchase.product && std::none_of(rows.begin(), rows.end(), [&](const auto& row) {
        return row.id.value == *purchase.product;
      })) {
    refuse(root.at("product"), "the plan has no product " + std::to_string(*purchase.product));
  }
  if (purchase.lead_time >= plan.horizon) {
    refuse(root.at("lead_time"), "is not shorter than the plan's horizon");
  }
  const auto first = purchase.hypervisor["hypervisor"]["id"].get<std::int64_t>();
  const auto taken = plan.panel.hypervisors.lower_bound(first);
  if (taken != plan.panel.hypervisors.end() && taken->first < first + purchase.most) {
    refuse(root.at("hypervisor").at("hypervisor").at("id"),
           "the plan has a hypervisor " + std::to_string(taken->first) + "; expected room for " +
               std::to_string(purchase.most) + " ids from here on");
  }
}

PlanDocument::WhatIf purchase_patch(const PlanDocument& plan, const Purchase& purchase,
                                    std::int64_t count, Time at) {
  Json patch = Json::object();
  if (count > 0) {
    // A name that no operation of the plan has, or the patch would change that one.
    std::string name = "purchase: " + purchase.name;
    while (plan.json.contains("operations") && plan.json["operations"].contains(name)) name += "'";
    patch["operations"][name] = {
        {"at", mockpanel::model::duration_text(std::chrono::milliseconds{at})},
        {"add",
         {{"group", purchase.group}, {"copies", count}, {"hypervisor", purchase.hypervisor}}}};
  }
  return {purchase.name, std::move(patch), ""};
}

PurchaseAnswer search_purchase(const Purchase& purchase, Time horizon,
                               const std::function<Estimate(std::int64_t, Time)>& fill_rate) {
  Search search(purchase, fill_rate);
  PurchaseAnswer answer;
  answer.without = search.attempt(0, 0);
  if (search.is_enough(answer.without)) {
    answer.fewest = answer.without;
  } else {
    answer.fewest = fewest_of(search, purchase);
    if (answer.fewest) answer.latest = latest_of(search, purchase, *answer.fewest, horizon);
  }
  answer.trials = search.trials();
  return answer;
}

}  // namespace vfstock::sim::forecast
