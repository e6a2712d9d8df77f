// The shop's own steps: its cron, its carts, its orders, and its provisioning module with the hooks
// that follow each success.
#include <stdexcept>

#include <fmt/format.h>

#include "sim/scenario/player.h"
#include "sim/shop/provisioning.h"

namespace vfstock::sim::scenario {

void Player::act(const Cron& step) {
  cron();
  if (!step.every) return;
  const Time next = stage_.clock().now() + *step.every;
  if (next <= *step.until) crons_.push_back({next, *step.every, *step.until});
}

void Player::cron() {
  stage_.recorder().hook("AfterCronJob");
  stage_.subject().cron();
}

void Player::act(const Recalculate& step) {
  stage_.recorder().hook("stockRecalculate");
  stage_.recorder().operator_forces(step.force);
  stage_.subject().recalculate(step.force);
  stage_.recorder().operator_forces(false);
}

void Player::act(const ViewCart& step) {
  stage_.recorder().hook("ClientAreaPageCart", step.product);
  stage_.subject().view_cart(catalogue::ProductId{step.product});
}

void Player::act(const Order& step) {
  std::optional<std::int64_t> order;
  try {
    order = stage_.shop().order(step.lines, step.order);
  } catch (const std::invalid_argument& error) {
    refuse(current_->place, error.what());
  }
  if (only_what_fits_ && !order) refuse(current_->place, "out of stock");
  if (step.refused == order.has_value()) {
    stage_.recorder().violated("expect",
                               fmt::format("{}: the shop {} the order", current_->place.pointer,
                                           order ? "was to refuse, but took" : "refused"));
  }
  if (!order) {
    stage_.recorder().note("an order is refused: out of stock");
    return;
  }
  stage_.recorder().note(
      fmt::format("order {} is placed, services that wait: {}", *order, step.lines.size()));
  stage_.recorder().shop_changed();
  disturbed("an order was placed");
}

void Player::act(const Cancel& step) {
  if (!stage_.shop().cancel(step.order)) {
    refuse(current_->place, fmt::format("there is no order {}", step.order));
  }
  stage_.recorder().note(fmt::format("order {} is cancelled", step.order));
  stage_.recorder().shop_changed();
  disturbed("an order was cancelled");
}

// A service that was ordered, or one that an administrator makes on the spot.
shop::Service Player::service_to_provision(const Provision& step) {
  const shop::Service* known = step.service ? stage_.shop().service(*step.service) : nullptr;
  if (known == nullptr && step.product == 0) {
    refuse(current_->place, fmt::format("there is no service {}", *step.service));
  }
  if (known == nullptr) {
    const shop::OrderLine line{catalogue::ProductId{step.product}, step.service, step.group};
    known = stage_.shop().service(stage_.shop().add_service(line));
  }
  if (known->server || known->status == shop::ServiceStatus::cancelled) {
    refuse(current_->place, fmt::format("service {} is not waiting for a server", known->id));
  }
  return *known;
}

void Player::act(const Provision& step) {
  const shop::Service service = service_to_provision(step);
  const catalogue::Product* product = stage_.tables().find(service.product);
  if (product == nullptr) {
    refuse(current_->place, fmt::format("there is no product {}", service.product.value));
  }
  const shop::ModuleAnswer answer =
      call_panel(shop::create_call(*product, service.group, step.chosen));
  const auto server = shop::created_server(answer);
  if (!server) {
    stage_.recorder().note(
        fmt::format("service {} could not be provisioned: {}", service.id, shop::failure(answer)));
    disturbed("provisioning failed");
    return;
  }
  stage_.shop().provisioned(service.id, *server);
  stage_.recorder().note(fmt::format("service {} of product {} provisioned as server {}",
                                     service.id, service.product.value, *server));
  stage_.recorder().shop_changed();
  module_event(schedule::ModuleEvent::Action::create, service);
}

const shop::Service& Player::service_with_server(std::int64_t id) const {
  const shop::Service* const service = stage_.shop().service(id);
  if (service == nullptr || !service->server) {
    refuse(current_->place, fmt::format("service {} has no server", id));
  }
  return *service;
}

void Player::act(const Terminate& step) {
  const shop::Service service = service_with_server(step.service);
  const shop::ModuleAnswer answer = call_panel(shop::terminate_call(*service.server));
  if (!shop::terminated(answer)) {
    stage_.recorder().note(
        fmt::format("service {} could not be terminated: {}", step.service, shop::failure(answer)));
    disturbed("a termination failed");
    return;
  }
  stage_.recorder().note(fmt::format("service {} terminated, server {} goes after the grace",
                                     step.service, *service.server));
  stage_.shop().terminated(step.service);
  module_event(schedule::ModuleEvent::Action::terminate, service);
}

void Player::act(const ChangePackage& step) {
  shop::Service service = service_with_server(step.service);
  const catalogue::Product* product = stage_.tables().find(catalogue::ProductId{step.product});
  if (product == nullptr) {
    refuse(current_->place, fmt::format("there is no product {}", step.product));
  }
  service.product = product->id;
  const shop::ModuleAnswer answer =
      call_panel(shop::change_package_call(*service.server, *product));
  if (!shop::changed(answer)) {
    stage_.recorder().note(fmt::format("service {} could not be moved to product {}: {}",
                                       step.service, step.product, shop::failure(answer)));
    disturbed("a change of package failed");
    return;
  }
  stage_.shop().changed_product(step.service, service.product);
  stage_.recorder().note(fmt::format("service {} moved to product {}", step.service, step.product));
  module_event(schedule::ModuleEvent::Action::change_package, service);
}

shop::ModuleAnswer Player::call_panel(const shop::ModuleCall& call) {
  return stage_.link().call(call, [this](Time end) { pass_until(end); });
}

void Player::module_event(schedule::ModuleEvent::Action action, const shop::Service& service) {
  const catalogue::Product* const row = stage_.tables().find(service.product);
  const std::string module = row == nullptr ? "" : row->servertype;
  const auto name = action == schedule::ModuleEvent::Action::create ? "AfterModuleCreate"
                    : action == schedule::ModuleEvent::Action::terminate
                        ? "AfterModuleTerminate"
                        : "AfterModuleChangePackage";
  disturbed("the module changed a server");
  stage_.recorder().hook(name, service.product.value, module);
  stage_.subject().module_event(
      {action, module, catalogue::ServiceId{service.id}, service.product});
}

}  // namespace vfstock::sim::scenario
