#include "engine/live/serve/board.h"

#include <string_view>

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

}  // namespace vfstock::serve
