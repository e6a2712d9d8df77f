#include "engine/schedule/acceptance.h"

#include <algorithm>
#include <exception>
#include <string_view>

#include <fmt/compile.h>

namespace vfstock::schedule {
namespace {

bool is_pending(std::string_view status) {
  constexpr std::string_view pending = "pending";
  return std::equal(status.begin(), status.end(), pending.begin(), pending.end(),
                    [](char stored, char letter) { return (stored | 0x20) == letter; });
}

void try_to_accept(apply::Acceptance& acceptance, const Order& order, Billing& billing,
                   plan::AcceptWhen when) {
  using Outcome = apply::Acceptance::Outcome;
  if (!is_pending(order.status)) {
    acceptance.outcome = Outcome::not_pending;
    acceptance.text = fmt::format("order {} is {}", order.id.value, order.status);
    return;
  }
  if (when == plan::AcceptWhen::all_provisioned && order.others_waiting > 0) {
    acceptance.outcome = Outcome::waits;
    acceptance.text = fmt::format("order {} waits, of its services without a server: {}",
                                  order.id.value, order.others_waiting);
    return;
  }
  const bool accepted = billing.accept(order.id) == Accepted::yes;
  acceptance.outcome = accepted ? Outcome::accepted : Outcome::not_pending;
  acceptance.text = fmt::format(FMT_COMPILE("order {} {}"), order.id.value,
                                accepted ? "was accepted" : "was no longer pending");
}

}  // namespace

std::optional<apply::Acceptance> accept_order_of(catalogue::ServiceId service, Billing& billing,
                                                 plan::AcceptWhen when, const Clock& clock) {
  apply::Acceptance acceptance;
  acceptance.at = clock.now();
  acceptance.wall = clock.wall();
  acceptance.service = service;
  try {
    const std::optional<Order> order = billing.order_of(service);
    if (!order) return std::nullopt;
    acceptance.order = order->id;
    try_to_accept(acceptance, *order, billing, when);
  } catch (const std::exception& error) {
    acceptance.outcome = apply::Acceptance::Outcome::failed;
    acceptance.text = fmt::format("the order of service {} could not be accepted: {}",
                                  service.value, error.what());
  } catch (...) {
    acceptance.text = fmt::format("the order of service {} could not be accepted", service.value);
  }
  return acceptance;
}

}  // namespace vfstock::schedule
