// Small random panels, and the mock panel's answers about them without sockets.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <rapidcheck.h>

#include "engine/base/clock.h"
#include "engine/panel/transport.h"
#include "mockpanel/api/api.h"
#include "mockpanel/model/world.h"

namespace vfstock::sim {

namespace api = mockpanel::api;
namespace model = mockpanel::model;

inline std::int64_t among(std::int64_t low, std::int64_t high) {
  constexpr int whole_range = 100;  // a smaller size would narrow it
  return *rc::gen::resize(whole_range, rc::gen::inRange(low, high + 1));
}

class FixedClock final : public Clock {
 public:
  Instant now() const override { return {}; }
  WallTime wall() const override { return {}; }
};

/// The mock panel without sockets.
class InProcess final : public panel::Transport {
 public:
  InProcess(model::World& world, api::Release release) : api_(world, options_of(release)) {}

  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   Milliseconds) override {
    std::vector<panel::Answer> answers;
    for (const panel::Request& request : requests) {
      const api::Response response = handle(request.target);
      panel::Answer answer;
      answer.ending = panel::Ending::complete;
      answer.status = response.status;
      for (const auto& [name, value] : response.headers) answer.headers.push_back({name, value});
      answer.body = response.body;
      answers.push_back(std::move(answer));
    }
    return answers;
  }

 private:
  api::Response handle(const std::string& target) {
    api::Request asked{.method = "GET",
                       .path = {},
                       .query = {},
                       .headers = {{"Accept", "application/json"}, {"Authorization", "Bearer any"}},
                       .body = {}};
    api::set_target(asked, target);
    return api_.handle(asked, {}, "2025-01-20T14:00:47+00:00");
  }
  static api::Options options_of(api::Release release) {
    api::Options options;
    options.release = release;
    return options;
  }

  api::Api api_;
};

inline model::Quota any_quota(std::vector<std::int64_t> sizes) {
  const std::int64_t max = *rc::gen::elementOf(sizes);
  return {max, max == 0 ? among(0, 4) : among(0, max), 0};
}

inline model::Hypervisor any_hypervisor(std::int64_t id, std::int64_t blocks) {
  model::Hypervisor made;
  made.id = id;
  made.group = among(1, 2);
  made.prohibit = among(0, 7) == 0;
  made.enabled = among(0, 9) != 0;
  made.memory_mb = any_quota({8, 16, 24});
  made.cores = any_quota({0, 8, 16});
  made.servers = any_quota({0, 0, 3, 9});
  made.local.emplace();
  made.local->enabled = among(0, 3) != 0;
  made.local->storage_type = among(1, 2);
  made.local->gigabytes = any_quota({0, 40, 100});
  if (among(0, 1) == 0) {
    model::Pool pool;
    pool.id = 100 + id;
    pool.name = among(0, 1) == 0 ? "rbd" : "ssd";
    pool.is_datastore = true;
    // A pool of each type at most: which of several holds a disk is another rule's matter.
    pool.storage_type = 3 - made.local->storage_type;
    pool.gigabytes = any_quota({40, 100, 200});
    made.others.push_back(pool);
  }
  for (std::int64_t block = 1; block <= blocks; ++block) {
    if (among(0, 1) == 0) made.blocks.push_back(block);
  }
  return made;
}

inline model::World any_world() {
  model::World world;
  model::Package& package = world.packages[1];
  package.id = 1;
  package.storage_profile = among(1, 2);
  package.memory_mb = among(1, 4);
  package.storage_gb = among(5, 20);
  for (const std::int64_t group : {1, 2}) world.groups[group].id = group;
  const std::int64_t blocks = among(1, 3);
  for (std::int64_t id = 1; id <= blocks; ++id) {
    model::Block& block = world.blocks[id];
    block.id = id;
    block.enabled = among(0, 5) != 0;
    block.base_free = among(0, 9);
  }
  const std::int64_t hypervisors = among(1, 5);
  for (std::int64_t id = 1; id <= hypervisors; ++id) {
    world.hypervisors[id] = any_hypervisor(id, blocks);
  }
  world.touch();
  return world;
}

}  // namespace vfstock::sim
