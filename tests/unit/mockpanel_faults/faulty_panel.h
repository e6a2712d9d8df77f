// A small real panel whose answers meet one rule: seven hypervisors in group 1, package 7.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "mockpanel/faults/answering.h"
#include "mockpanel/faults/injector.h"

namespace vfstock::mockpanel::faults {

class FaultyPanel {
 public:
  FaultyPanel() {
    model::Package package;
    package.id = 7;
    package.memory_mb = 1024;
    world_.packages.emplace(7, package);
    world_.groups[1].id = 1;
    for (std::int64_t id = 1; id <= 7; ++id) {
      model::Hypervisor hypervisor;
      hypervisor.id = id;
      hypervisor.group = 1;
      hypervisor.memory_mb.max = 8192;
      hypervisor.memory_mb.base = 1024;
      hypervisor.local.emplace();
      world_.hypervisors.emplace(id, hypervisor);
    }
  }

  /// The answer to a GET when `rule` fires.
  Delivery under(Rule rule, const std::string& target) {
    Injector injector(world_);
    injector.add(std::move(rule));
    const api::Request request = get(target);
    return answer(injector.judge(request, now_), request, {api_, world_, now_, wall_});
  }
  Delivery under(const Kind& kind, const std::string& target) {
    Rule rule;
    rule.kind = &kind;
    return under(std::move(rule), target);
  }
  Delivery right(const std::string& target) {
    return answer(nullptr, get(target), {api_, world_, now_, wall_});
  }
  model::World& world() { return world_; }

  static api::Request get(const std::string& target) {
    api::Request request;
    request.method = "GET";
    api::set_target(request, target);
    request.headers = {{"Accept", "application/json"}, {"Authorization", "Bearer any"}};
    return request;
  }

 private:
  model::World world_;
  api::Api api_{world_, {}};
  model::Time now_{0};
  std::string wall_ = "2026-01-01T00:00:00+00:00";
};

inline const std::string package = "/packages/7";
inline std::string page(int number, int results = 3) {
  return "/compute/hypervisors/groups/1/resources?results=" + std::to_string(results) +
         "&page=" + std::to_string(number);
}

inline nlohmann::json parsed(const Delivery& delivery) {
  return nlohmann::json::parse(delivery.response.body, nullptr, false);
}

}  // namespace vfstock::mockpanel::faults
