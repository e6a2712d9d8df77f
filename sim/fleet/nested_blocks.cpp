#include "sim/fleet/nested_blocks.h"

#include <set>
#include <string>

namespace vfstock::sim::fleet {

void add_nested_blocks(mockpanel::model::World& world, const Figures& figures) {
  std::set<std::int64_t> levels;
  for (const auto& [id, figure] : figures) {
    if (figure > 0) levels.insert(figure);
  }
  std::int64_t below = 0;
  std::int64_t next_id = world.blocks.empty() ? 1 : world.blocks.rbegin()->first + 1;
  for (const std::int64_t level : levels) {
    mockpanel::model::Block block;
    block.id = next_id++;
    block.name = "Block " + std::to_string(block.id);
    block.base_free = level - below;
    for (const auto& [id, figure] : figures) {
      if (figure < level) continue;
      auto& blocks = world.hypervisors.at(id).blocks;
      blocks.insert(blocks.begin(), block.id);
    }
    world.blocks.emplace(block.id, std::move(block));
    below = level;
  }
}

}  // namespace vfstock::sim::fleet
