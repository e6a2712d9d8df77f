// The flow against a search through every way of placing servers, on worlds small enough for that.
#include "mockpanel/model/flow.h"

#include <algorithm>
#include <map>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace vfstock::mockpanel::model {
namespace {

/// Searches every way: which hypervisor takes the next server, from which blocks its addresses
/// come.
class Search {
 public:
  Search(std::vector<std::vector<std::size_t>> bound, int ipv4)
      : bound_(std::move(bound)), ipv4_(ipv4) {}

  struct State {
    std::vector<int> rooms, free;
    auto operator<=>(const State&) const = default;
  };

  int most(const State& state) {
    const auto known = known_.find(state);
    if (known != known_.end()) return known->second;
    int best = 0;
    for (std::size_t h = 0; h < state.rooms.size(); ++h) {
      if (state.rooms[h] == 0) continue;
      State taken = state;
      --taken.rooms[h];
      best = std::max(best, deal(taken, h, 0, ipv4_));
    }
    return known_[state] = best;
  }

 private:
  /// The most servers when hypervisor `h` still draws `wanted` addresses for the present one.
  int deal(State& state, std::size_t h, std::size_t next, int wanted) {
    if (wanted == 0) return 1 + most(state);
    int best = 0;
    for (std::size_t i = next; i < bound_[h].size(); ++i) {
      int& free = state.free[bound_[h][i]];
      if (free == 0) continue;
      --free;
      best = std::max(best, deal(state, h, i, wanted - 1));
      ++free;
    }
    return best;
  }

  std::vector<std::vector<std::size_t>> bound_;
  int ipv4_;
  std::map<State, int> known_;
};

constexpr std::size_t hypervisors = 3, blocks = 3;

struct Case {
  World world;
  Search::State state;
  std::vector<std::vector<std::size_t>> bound;
};

Case make_case(const std::vector<int>& rooms, const std::vector<int>& free, unsigned bindings) {
  Case made{{}, {rooms, free}, std::vector<std::vector<std::size_t>>(hypervisors)};
  for (std::size_t b = 0; b < blocks; ++b) {
    Block& block = made.world.blocks[static_cast<std::int64_t>(b)];
    block.id = static_cast<std::int64_t>(b);
    block.base_free = free[b];
  }
  for (std::size_t h = 0; h < hypervisors; ++h) {
    Hypervisor& hypervisor = made.world.hypervisors[static_cast<std::int64_t>(h)];
    hypervisor.id = static_cast<std::int64_t>(h);
    hypervisor.group = 1;
    hypervisor.local = Pool{};
    hypervisor.memory_mb.max = rooms[h] * 10 + 1;
    for (std::size_t b = 0; b < blocks; ++b) {
      if ((bindings >> (h * blocks + b) & 1U) == 0) continue;
      hypervisor.blocks.push_back(static_cast<std::int64_t>(b));
      made.bound[h].push_back(b);
    }
  }
  return made;
}

Case any_case() {
  const auto figures = [](std::size_t count, int most) {
    return *rc::gen::container<std::vector<int>>(count, rc::gen::inRange(0, most + 1));
  };
  return make_case(figures(hypervisors, 3), figures(blocks, 5),
                   *rc::gen::inRange(0U, 1U << (hypervisors * blocks)));
}

/// `count` digits of `number`, each 1 or 2.
std::vector<int> ones_and_twos(unsigned number, std::size_t count) {
  std::vector<int> digits;
  for (std::size_t i = 0; i < count; ++i) digits.push_back(1 + static_cast<int>(number >> i & 1U));
  return digits;
}

TEST(Flow, IsExactOnEveryWorldOfOnesAndTwos) {
  for (unsigned bindings = 0; bindings < 1U << (hypervisors * blocks); ++bindings) {
    for (unsigned figures = 0; figures < 1U << (hypervisors + blocks); ++figures) {
      const Case made = make_case(ones_and_twos(figures, hypervisors),
                                  ones_and_twos(figures >> hypervisors, blocks), bindings);
      const int truth = Search(made.bound, 1).most(made.state);
      const Placeable found = placeable(made.world, {1}, {10, 0, 0, 0, 1});
      ASSERT_EQ(found.at_least, truth) << "bindings " << bindings << ", figures " << figures;
      ASSERT_EQ(found.at_most, truth) << "bindings " << bindings << ", figures " << figures;
    }
  }
}

RC_GTEST_PROP(Flow, IsExactForOneAddressPerServer, ()) {
  const Case made = any_case();
  const int truth = Search(made.bound, 1).most(made.state);
  const Placeable found = placeable(made.world, {1}, {10, 0, 0, 0, 1});
  RC_ASSERT(found.at_least == std::int64_t{truth});
  RC_ASSERT(found.at_most == std::int64_t{truth});
}

RC_GTEST_PROP(Flow, EnclosesTheTruthForSeveralAddressesPerServer, ()) {
  const Case made = any_case();
  const int ipv4 = *rc::gen::inRange(2, 4);
  const int truth = Search(made.bound, ipv4).most(made.state);
  const Placeable found = placeable(made.world, {1}, {10, 0, 0, 0, ipv4});
  RC_ASSERT(found.at_least <= std::int64_t{truth});
  RC_ASSERT(found.at_most >= std::int64_t{truth});
  RC_ASSERT(found.at_most.value() - found.at_least.value() <= 2);
}

}  // namespace
}  // namespace vfstock::mockpanel::model
