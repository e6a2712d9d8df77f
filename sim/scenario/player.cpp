#include "sim/scenario/player.h"

#include <variant>

#include <fmt/format.h>

#include "mockpanel/model/duration.h"
#include "sim/scenario/change.h"
#include "sim/scenario/expectation.h"
#include "sim/shop/provisioning.h"

namespace vfstock::sim::scenario {

namespace model = mockpanel::model;

void Player::play(const Step& step) {
  stage_.clock().advance_to(step.at);
  stage_.panel().world().advance(stage_.clock().now());
  current_ = &step;
  std::visit([this](const auto& action) { act(action); }, step.action);
}

void Player::act(const Cron&) {
  stage_.recorder().note("AfterCronJob");
  stage_.sweep(stock::Trigger::cron);
}

void Player::act(const Recalculate&) {
  stage_.recorder().note("stockRecalculate");
  stage_.sweep(stock::Trigger::recalculate);
}

void Player::act(const ViewCart& step) {
  stage_.recorder().note(fmt::format("ClientAreaPageCart for product {}", step.product));
  stage_.refresh(step.product, stock::Trigger::cart);
}

void Player::act(const Provision& step) {
  const std::int64_t service = step.service.value_or(next_service_);
  next_service_ = std::max(next_service_, service) + 1;
  const catalogue::Product* product = stage_.shop().row(catalogue::ProductId{step.product});
  if (product == nullptr)
    refuse(current_->place, fmt::format("there is no product {}", step.product));
  const shop::ModuleAnswer answer = stage_.link().call(shop::create_call(*product, step.group));
  const auto server = shop::created_server(answer);
  if (!server) {
    stage_.recorder().note(
        fmt::format("service {} could not be provisioned: {}", service, shop::failure(answer)));
    return;
  }
  stage_.servers_of_services[service] = *server;
  stage_.recorder().note(fmt::format("service {} of product {} provisioned as server {}", service,
                                     step.product, *server));
  stage_.sweep(stock::Trigger::module_create);
}

void Player::act(const Terminate& step) {
  const auto found = stage_.servers_of_services.find(step.service);
  if (found == stage_.servers_of_services.end()) {
    refuse(current_->place, fmt::format("service {} has no server", step.service));
  }
  const shop::ModuleAnswer answer = stage_.link().call(shop::terminate_call(found->second));
  if (!shop::terminated(answer)) {
    stage_.recorder().note(
        fmt::format("service {} could not be terminated: {}", step.service, shop::failure(answer)));
    return;
  }
  stage_.recorder().note(fmt::format("service {} terminated, server {} goes after the grace",
                                     step.service, found->second));
  stage_.servers_of_services.erase(found);
  stage_.sweep(stock::Trigger::module_terminate);
}

void Player::act(const ProvisionOutside& step) {
  model::CreateRequest request;
  request.package = step.package;
  request.group = step.group;
  request.ipv4 = step.ipv4.value_or(1);
  for (std::int64_t n = 0; n < step.count; ++n) {
    const model::CreateResult result =
        stage_.panel().world().create(request, false, "2026-01-01T00:00:00+00:00");
    if (!result.server) {
      refuse(current_->place,
             fmt::format("server {} of {} does not fit: {}", n + 1, step.count, result.refusal));
    }
  }
  stage_.recorder().note(fmt::format("{} server(s) of package {} created in the panel alone",
                                     step.count, step.package));
}

void Player::act(const TerminateOutside& step) {
  const model::Time now = stage_.clock().now();
  if (!stage_.panel().world().remove(step.server, std::chrono::minutes{0}, now)) {
    refuse(current_->place, fmt::format("there is no server {}", step.server));
  }
  stage_.recorder().note(fmt::format("server {} deleted in the panel alone", step.server));
}

void Player::act(const Change& step) {
  stage_.recorder().note("changed unannounced: " + step.what.dump());
  if (apply_change(step.what, current_->place, stage_.panel().world(), stage_.shop())) {
    stage_.recorder().shop_changed();
  }
}

void Player::act(const Fail& step) {
  mockpanel::faults::Rule rule = step.rule;
  if (rule.id.empty()) rule.id = fmt::format("fault-{}", next_fault_);
  ++next_fault_;
  rule.from = stage_.clock().now();
  if (step.lasts) rule.until = stage_.clock().now() + *step.lasts;
  stage_.recorder().note(
      fmt::format("fault {} begins: {}", rule.id, mockpanel::faults::name(rule.kind)));
  stage_.panel().faults().add(std::move(rule));
}

void Player::act(const Heal& step) {
  if (!step.id) {
    stage_.panel().faults().clear();
    stage_.recorder().note("every fault ends");
    return;
  }
  if (!stage_.panel().faults().remove(*step.id)) {
    refuse(current_->place, fmt::format("there is no fault '{}'", *step.id));
  }
  stage_.recorder().note(fmt::format("fault {} ends", *step.id));
}

void Player::act(const Expect& step) {
  Recorder& recorder = stage_.recorder();
  std::optional<std::int64_t> qty;
  if (step.product) {
    if (const auto* row = stage_.shop().row(catalogue::ProductId{*step.product})) qty = row->qty;
  }
  for (const std::string& difference : unmet(step, recorder.seen(), qty)) {
    recorder.violated("expect", current_->place.pointer + ": " + difference);
  }
  recorder.start_counting_anew();
}

}  // namespace vfstock::sim::scenario
