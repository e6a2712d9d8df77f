// Purchase files, and what a choice of theirs makes of a plan.
#include <algorithm>
#include <set>

#include "mockpanel/model/duration.h"
#include "sim/document/schemas.h"
#include "sim/forecast/purchase.h"

namespace vfstock::sim::forecast {

using document::Json;
using fleet::Place;
using fleet::refuse;

namespace {

PurchaseOffer read_offer(const std::string& name, const Json& json, const Place& place) {
  PurchaseOffer offer;
  offer.name = name;
  for (const char* const key : {"group", "hypervisor", "lead_time", "most"}) {
    if (!json.contains(key)) refuse(place, std::string("expected ") + key);
  }
  offer.group = json["group"].get<std::int64_t>();
  offer.hypervisor = json["hypervisor"];
  offer.lead_time = json["lead_time"];
  const Place at = place.at("lead_time");
  offer.lead = offer.lead_time.is_string()
                   ? Law::deterministic(static_cast<double>(read_time(offer.lead_time, at)))
                   : read_law(offer.lead_time, at);
  offer.most = json["most"].get<std::int64_t>();
  offer.price = json.value("price", 0.0);
  offer.monthly = json.value("monthly", 0.0);
  return offer;
}

void read_target(Purchase& purchase, const Json& json, const Place& root) {
  const int targets = static_cast<int>(json.contains("fill_rate")) +
                      static_cast<int>(json.contains("sold_out_at_most")) +
                      static_cast<int>(json.value("money", false));
  if (targets != 1) refuse(root, "expected one target: fill_rate, sold_out_at_most or money");
  if (json.contains("fill_rate")) {
    purchase.threshold = json["fill_rate"].get<double>();
  } else if (json.contains("sold_out_at_most")) {
    purchase.target = Purchase::Target::sold_out;
    purchase.threshold = json["sold_out_at_most"].get<double>();
  } else {
    purchase.target = Purchase::Target::money;
  }
}

/// Where the offer stands in the file.
Place place_of(const Purchase& purchase, const PurchaseOffer& offer) {
  const Place root{purchase.file, ""};
  return offer.name.empty() ? root : root.at("offers").at(offer.name);
}

void check_offer(const Purchase& purchase, const PurchaseOffer& offer, const Plan& plan,
                 std::set<std::int64_t>& taken) {
  const Place place = place_of(purchase, offer);
  if (!plan.panel.groups.contains(offer.group)) {
    refuse(place.at("group"), "the plan has no group " + std::to_string(offer.group));
  }
  constexpr double nearly_first = 0.01;
  if (offer.lead.life(nearly_first) >= static_cast<double>(plan.horizon)) {
    refuse(place.at("lead_time"), "is not shorter than the plan's horizon");
  }
  const auto first = offer.hypervisor["hypervisor"]["id"].get<std::int64_t>();
  for (std::int64_t id = first; id < first + offer.most; ++id) {
    const bool known = plan.panel.hypervisors.contains(id);
    if (!known && taken.insert(id).second) continue;
    refuse(place.at("hypervisor").at("hypervisor").at("id"),
           std::string(known ? "the plan" : "another offer") + " has a hypervisor " +
               std::to_string(id) + "; expected room for " + std::to_string(offer.most) +
               " ids from here on");
  }
}

}  // namespace

Purchase read_purchase(const std::filesystem::path& file) {
  const Json json = document::read_file(file);
  document::published_schemas().check("purchase.schema.json", json, file.string());
  const Place root{file.string(), ""};
  Purchase purchase;
  purchase.file = file.string();
  purchase.name = json["name"].get<std::string>();
  if (json.contains("offers")) {
    for (const char* const key : {"group", "hypervisor", "lead_time", "most", "price", "monthly"}) {
      if (json.contains(key)) refuse(root.at(key), "belongs to each offer, since there are offers");
    }
    for (const auto& [name, offer] : json["offers"].items()) {
      purchase.offers.push_back(read_offer(name, offer, root.at("offers").at(name)));
    }
  } else {
    purchase.offers.push_back(read_offer("", json, root));
  }
  read_target(purchase, json, root);
  if (json.contains("product")) purchase.product = json["product"].get<std::int64_t>();
  return purchase;
}

void check_purchase(const Purchase& purchase, const Plan& plan) {
  const Place root{purchase.file, ""};
  const bool is_money = purchase.target == Purchase::Target::money;
  const std::int64_t choices_allowed = is_money ? money_choices_max : choices_max;
  std::set<std::int64_t> taken;
  std::int64_t choices = 1;
  for (const PurchaseOffer& offer : purchase.offers) {
    check_offer(purchase, offer, plan, taken);
    choices *= offer.most + 1;
    if (choices > choices_allowed) {
      refuse(place_of(purchase, offer).at("most"),
             "makes more than " + std::to_string(choices_allowed) + " choices; lower it");
    }
  }
  const auto& rows = plan.shop.products;
  if (purchase.product && std::none_of(rows.begin(), rows.end(), [&](const auto& row) {
        return row.id.value == *purchase.product;
      })) {
    refuse(root.at("product"), "the plan has no product " + std::to_string(*purchase.product));
  }
  if (is_money && plan.prices.empty()) {
    refuse(root.at("money"),
           "the plan's products have no price; say what they earn in its "
           "/products/ID/price");
  }
}

PlanDocument::WhatIf purchase_patch(const PlanDocument& plan, const Purchase& purchase,
                                    const PurchaseChoice& choice) {
  Json patch = Json::object();
  for (std::size_t i = 0; i < purchase.offers.size(); ++i) {
    const PurchaseOffer& offer = purchase.offers[i];
    if (choice.counts[i] == 0) continue;
    // A name that no operation of the plan has, or the patch would change that one.
    std::string name = "purchase: " + purchase.name;
    if (!offer.name.empty()) name += ", " + offer.name;
    while (plan.json.contains("operations") && plan.json["operations"].contains(name)) name += "'";
    patch["operations"][name] = {
        {"at", mockpanel::model::duration_text(std::chrono::milliseconds{choice.ordered_at})},
        {"add",
         {{"group", offer.group},
          {"copies", choice.counts[i]},
          {"lead_time", offer.lead_time},
          {"hypervisor", offer.hypervisor}}}};
  }
  return {purchase.name, std::move(patch), ""};
}

}  // namespace vfstock::sim::forecast
