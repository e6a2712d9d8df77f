#include "sim/fuzz/timeline.h"

#include <string>
#include <utility>

#include "sim/fuzz/author.h"

namespace vfstock::sim::fuzz {

document::Json generate(std::uint64_t seed, std::uint64_t run, int steps) {
  Dice dice(seed, run);
  SmallWorld world = small_world(dice);
  Author author(dice, world);
  author.write_safety(steps);
  author.write_liveness();
  document::Json json;
  json["name"] = "Run " + std::to_string(run) + " of seed " + std::to_string(seed);
  json["description"] = "Generated.";
  json["panel"] = std::move(world.panel);
  json["shop"] = std::move(world.shop);
  if (!world.policy.empty()) json["policy"] = std::move(world.policy);
  json["timeline"] = author.take_timeline();
  return json;
}

}  // namespace vfstock::sim::fuzz
