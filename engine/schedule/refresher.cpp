#include "engine/schedule/refresher.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "engine/apply/read_shop.h"

namespace vfstock::schedule {

namespace {

/// A panel that took its whole time leaves the store this much: writes are quick unless something
/// is wrong with it.
constexpr std::chrono::seconds least_time_to_write{5};

}  // namespace

/// Everything that one refresh knows before it writes.
struct Refresher::Look {
  Instant began{};
  const plan::Shop& shop;
  const panel::LookupResults& answers;
  const plan::Plan& plan;
};

Refresher::Look Refresher::look(const plan::Scope& scope, const plan::Brake& brake,
                                bool release_brake) {
  plan::Request request;
  request.scope = scope;
  request.began = ports_.clock.now();
  request.brake = release_brake ? plan::BrakeUse::release : plan::BrakeUse::ask;
  const plan::Shop& shop = shop_.read(scope);
  request.wall = ports_.clock.wall();
  const panel::LookupResults& answers =
      look_up(planner_.questions(shop, scope), left_since(request.began));
  request.now = ports_.clock.now();
  const plan::Plan& plan = planner_.plan(shop, answers, brake, request);
  return {request.began, shop, answers, plan};
}

// Panel and store share one deadline.
std::chrono::milliseconds Refresher::left_since(Instant began) const {
  const auto spent =
      std::chrono::duration_cast<std::chrono::milliseconds>(ports_.clock.now() - began);
  return std::max(std::chrono::milliseconds{0}, policy_.bounds.sweep - spent);
}

const panel::LookupResults& Refresher::look_up(const panel::Questions& questions,
                                               std::chrono::milliseconds budget) {
  try {
    return ports_.panel.look_up(questions, budget);
  } catch (const std::exception& error) {
    return failed_ = panel::LookupResults::failed(error.what());
  }
}

apply::Applied Refresher::run(const Task& task, plan::Brake& brake) {
  const Look look = this->look(task.scope, brake, task.release_brake);
  if (task.approve && !task.approve(look.plan, look.answers)) {
    apply::Applied nothing;
    nothing.report.refused = true;
    return nothing;
  }
  brake = look.plan.brake;
  apply::Applied applied = apply::apply(
      look.plan, {look.shop, look.answers, policy_},
      {ports_.catalogue, ports_.journal, ports_.clock},
      {task.trigger, task.report_products, task.approve == nullptr,
       std::max(look.began + policy_.bounds.sweep, ports_.clock.now() + least_time_to_write)});
  brake.take(applied.emptied, task.scope.is_all());
  return applied;
}

Planned Refresher::plan(const plan::Scope& scope, const plan::Brake& brake, bool release_brake) {
  const Look look = this->look(scope, brake, release_brake);
  return {look.plan, look.answers};
}

plan::Explanation Refresher::explain(const catalogue::Product& row) {
  plan::Shop shop;
  shop.panel_host = shop_.panel_host();
  shop.products.push_back({row, std::nullopt, std::nullopt, 0});
  apply::SurroundingsReader reader(ports_.catalogue);
  apply::read_surroundings(reader, shop.products.front());
  if (policy_.reserve_pending) apply::read_pending(ports_.catalogue, reader, shop);
  plan::Request request;
  request.wall = ports_.clock.wall();
  const auto& answers =
      look_up(plan::questions_of(shop, request.scope, policy_), policy_.bounds.sweep);
  const plan::Plan plan = plan::make_plan(shop, answers, policy_, plan::Brake(), request);
  const plan::PlannedProduct& planned = plan.products.front();
  plan::Explanation explanation{planned.decision, row, std::nullopt, {}, std::nullopt, {}};
  if (auto derived = plan::derivation(planned.terms, answers)) {
    explanation.footprint = derived->footprint;
    explanation.breakdown = std::move(derived->breakdown);
  }
  if (const auto& surroundings = shop.products.front().surroundings) {
    explanation.overriding_options =
        catalogue::overriding_options(surroundings->options, policy_.location_option);
  }
  if (const auto* const package = answers.package(planned.terms.package)) {
    explanation.package = *package;
  }
  for (const panel::GroupId id : planned.terms.groups) {
    if (const auto* const group = answers.group(id)) explanation.groups.emplace_back(id, *group);
  }
  explanation.reserved = plan::reserved_orders(planned.terms, shop, answers, policy_, request.wall);
  return explanation;
}

}  // namespace vfstock::schedule
