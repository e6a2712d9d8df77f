#include "engine/capacity/capacity.h"

namespace vfstock::capacity {

std::string_view name(Dimension dimension) noexcept {
  switch (dimension) {
    case Dimension::memory:
      return "memory";
    case Dimension::cores:
      return "cores";
    case Dimension::storage:
      return "storage";
    case Dimension::servers:
      return "servers";
    case Dimension::ipv4:
      return "ipv4";
    case Dimension::none:
      return "none";
  }
  return "none";
}

std::string_view name(Skipped skipped) noexcept {
  switch (skipped) {
    case Skipped::no:
      return "";
    case Skipped::disabled:
      return "disabled";
    case Skipped::not_commissioned:
      return "not commissioned";
    case Skipped::prohibited:
      return "prohibited";
    case Skipped::maintenance:
      return "in maintenance";
  }
  return "";
}

}  // namespace vfstock::capacity
