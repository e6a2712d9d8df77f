#include "sim/scenario/panel_timeline.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/catalogue/text.h"
#include "sim/scenario/change.h"

namespace vfstock::sim::scenario {

namespace model = mockpanel::model;

namespace {

constexpr const char* moment_of_creation = "2026-01-01T00:00:00+00:00";

model::CreateRequest request_for(const catalogue::Product& product,
                                 std::optional<std::int64_t> group) {
  model::CreateRequest request;
  request.package = catalogue::leading_integer(product.configoption2);
  request.group = group.value_or(catalogue::leading_integer(product.configoption1));
  request.ipv4 = std::max<std::int64_t>(1, catalogue::leading_integer(product.configoption3));
  return request;
}

}  // namespace

PanelTimeline::PanelTimeline(const Scenario& scenario, model::World& world,
                             mockpanel::faults::Injector& injector)
    : scenario_(scenario), world_(world), injector_(injector) {
  for (const fleet::WaitingService& waiting : scenario.shop.waiting) {
    std::optional<std::int64_t> group;
    if (waiting.location) group = catalogue::leading_integer(*waiting.location);
    services_[waiting.service] = {waiting.product.value, group, {}};
  }
}

void PanelTimeline::play_until(Time now) {
  const auto& timeline = scenario_.timeline;
  while (next_step_ < timeline.size() && timeline[next_step_].at <= now) {
    const Step& step = timeline[next_step_++];
    apply(step, step.at);
  }
  world_.advance(now);
}

void PanelTimeline::apply(const Step& step, Time now) {
  world_.advance(now);
  std::visit([&](const auto& action) { act(action, step, now); }, step.action);
}

void PanelTimeline::act(const Fail& step, const Step&, Time now) {
  mockpanel::faults::Rule rule = step.rule;
  // The same names as in a replay: chance depends on them.
  if (rule.id.empty()) rule.id = fmt::format("fault-{}", next_fault_);
  ++next_fault_;
  rule.from = now;
  if (step.lasts) rule.until = now + *step.lasts;
  injector_.add(std::move(rule));
}

void PanelTimeline::act(const Heal& step, const Step& whole, Time) {
  if (!step.id) return injector_.clear();
  if (!injector_.remove(*step.id)) {
    refuse(whole.place, fmt::format("there is no fault '{}'", *step.id));
  }
}

void PanelTimeline::act(const Change& step, const Step& whole, Time) {
  document::Json what = step.what;
  for (const char* part : {"product", "service", "serviceGone"}) what.erase(part);
  shop::MemoryCatalogue no_shop;
  apply_change(what, whole.place, world_, no_shop);
}

void PanelTimeline::act(const ProvisionOutside& step, const Step& whole, Time) {
  model::CreateRequest request;
  request.package = step.package;
  request.group = step.group;
  request.ipv4 = step.ipv4.value_or(1);
  for (std::int64_t n = 0; n < step.count; ++n) {
    const model::CreateResult result = world_.create(request, false, moment_of_creation);
    if (!result.server) refuse(whole.place, "it does not fit: " + result.refusal);
  }
}

void PanelTimeline::act(const TerminateOutside& step, const Step& whole, Time now) {
  if (!world_.remove(step.server, std::chrono::minutes{0}, now)) {
    refuse(whole.place, fmt::format("there is no server {}", step.server));
  }
}

void PanelTimeline::act(const Order& step, const Step&, Time) {
  for (const shop::OrderLine& line : step.lines) {
    const std::int64_t service = line.service.value_or(next_service_);
    next_service_ = std::max(next_service_, service + 1);
    services_[service] = {line.product.value, line.group, {}};
  }
}

void PanelTimeline::act(const Provision& step, const Step& whole, Time) {
  const std::int64_t service = step.service.value_or(next_service_);
  next_service_ = std::max(next_service_, service + 1);
  if (step.product > 0) services_.try_emplace(service, Placed{step.product, step.group, {}});
  Placed& found = placed(service, whole);
  const model::CreateResult result = world_.create(
      request_for(product(found.product, whole), found.group), false, moment_of_creation);
  // A panel that refuses tells the shop; here nobody asks.
  if (result.server) found.server = result.server->id;
}

void PanelTimeline::act(const Terminate& step, const Step& whole, Time now) {
  const Placed& found = placed(step.service, whole);
  if (found.server) world_.remove(*found.server, world_.default_delete_delay, now);
}

void PanelTimeline::act(const ChangePackage& step, const Step& whole, Time) {
  Placed& found = placed(step.service, whole);
  const std::int64_t package =
      catalogue::leading_integer(product(step.product, whole).configoption2);
  const bool both =
      found.server && world_.servers.contains(*found.server) && world_.packages.contains(package);
  if (both && world_.change_package(*found.server, package).empty()) found.product = step.product;
}

const catalogue::Product& PanelTimeline::product(std::int64_t id, const Step& whole) const {
  const auto& rows = scenario_.shop.products;
  const auto found = std::find_if(
      rows.begin(), rows.end(), [id](const catalogue::Product& row) { return row.id.value == id; });
  if (found == rows.end()) refuse(whole.place, fmt::format("there is no product {}", id));
  return *found;
}

PanelTimeline::Placed& PanelTimeline::placed(std::int64_t service, const Step& whole) {
  const auto found = services_.find(service);
  if (found == services_.end()) {
    refuse(whole.place, fmt::format("there is no service {}", service));
  }
  return found->second;
}

}  // namespace vfstock::sim::scenario
