#include "sim/forecast/engine_side.h"

#include <utility>

#include "engine/plan/make_plan.h"
#include "engine/schedule/panel_options.h"

namespace vfstock::sim::forecast {

using catalogue::ProductId;

EngineSide::EngineSide(const Scene& scene, const FleetColumns& fleet, const Terms& terms,
                       OnWrite on_write)
    : scene_(scene), panel_(scene.plan.panel, fleet, terms) {
  for (const catalogue::Product& row : scene.terms.rows) tables_.put(row);
  for (const auto& [product, values] : scene.plan.shop.options) {
    tables_.set_option_values(product, values);
  }
  for (const auto& [group, hosts] : scene.plan.shop.server_groups) {
    tables_.set_virtfusion_hosts(group, hosts);
  }
  if (on_write) {
    tables_.on_write(
        [this, told = std::move(on_write)](ProductId product, std::int64_t from, std::int64_t to) {
          told(scene_.product_index(product), from, to);
        });
  }
  for (const catalogue::Product& row : scene.terms.rows) rows_.push_back(tables_.find(row.id));
  change_policy(scene.plan.policy);
}

void EngineSide::change_policy(const plan::Policy& policy) {
  if (keeper_) state_.save(keeper_->remembered());
  keeper_.reset();
  policy_ = policy;
  memo_ = std::make_unique<incremental::Memo>(policy_);
  panel_.read_as(schedule::panel_options(policy));
  keeper_ = std::make_unique<schedule::StockKeeper>(
      schedule::StockKeeper::Ports{tables_, panel_, journal_, state_, shop_, clock_, memo_.get()},
      policy_, scene_.plan.panel_host);
}

void EngineSide::change_row(const catalogue::Product& row) {
  catalogue::Product& mine = *tables_.row(row.id);
  const std::int64_t qty = mine.qty;
  mine = row;
  mine.qty = qty;
}

std::optional<Time> EngineSide::next_due() const {
  const auto due = keeper_->next_due();
  if (!due) return std::nullopt;
  return due->count();
}

bool EngineSide::order(std::int32_t product, std::int64_t group, std::int64_t service) {
  shop::OrderLine line{id(product), service, std::nullopt};
  if (group > 0) line.group = group;
  return shop_.order({line}, service).has_value();
}

void EngineSide::provisioned(std::int64_t service, std::int32_t product) {
  shop_.provisioned(service, service);
  module_event(schedule::ModuleEvent::Action::create, service, product);
  // Nobody asks again for a service that runs and an order that was accepted.
  if (shop_.order_status(service) != "Pending") shop_.forget(service);
}

void EngineSide::refund(std::int64_t service) {
  shop_.cancel(service);  // an order has its only service's number
  shop_.forget(service);
}

void EngineSide::terminated(std::int64_t service, std::int32_t product) {
  module_event(schedule::ModuleEvent::Action::terminate, service, product);
  shop_.forget(service);
}

void EngineSide::module_event(schedule::ModuleEvent::Action action, std::int64_t service,
                              std::int32_t product) {
  keeper_->module_event({action, rows_[static_cast<std::size_t>(product)]->servertype,
                         catalogue::ServiceId{service}, id(product)});
}

std::int64_t EngineSide::qty(std::int32_t product) const {
  return rows_[static_cast<std::size_t>(product)]->qty;
}

std::vector<std::optional<std::int64_t>> EngineSide::fresh_qty() {
  plan::Shop shop;
  for (const catalogue::Product* const row : rows_) {
    shop.products.push_back({*row, plan::Surroundings{tables_.option_values(row->id), {}}});
  }
  const plan::Request request;
  const panel::Answers truth = panel_.truth(plan::questions_of(shop, request.scope, policy_));
  const plan::Plan plan =
      plan::make_plan(shop, panel::LookupResults(truth), policy_, plan::Brake(), request);
  std::vector<std::optional<std::int64_t>> fresh;
  for (const plan::PlannedProduct& planned : plan.products) {
    const plan::SetQty* const set = planned.decision.if_set();
    fresh.push_back(set == nullptr ? std::nullopt : std::optional(set->set.qty()));
  }
  return fresh;
}

}  // namespace vfstock::sim::forecast
