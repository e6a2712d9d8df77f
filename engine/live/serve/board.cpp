#include "engine/live/serve/board.h"

#include <algorithm>
#include <string_view>

#include "engine/apply/journal.h"

namespace vfstock::serve {

std::string_view name(Role role) noexcept {
  switch (role) {
    case Role::opening:
      return "opening";
    case Role::standby:
      return "standby";
    case Role::writer:
      return "writer";
  }
  return "opening";
}

std::int64_t held_products(const View& view) {
  return std::count_if(view.products.begin(), view.products.end(), [](const auto& product) {
    return product.second.outcome == apply::name(apply::Outcome::held);
  });
}

}  // namespace vfstock::serve
