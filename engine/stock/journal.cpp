#include "engine/stock/journal.h"

namespace vfstock::stock {

std::string_view name(Trigger trigger) noexcept {
  switch (trigger) {
    case Trigger::module_create:
      return "AfterModuleCreate";
    case Trigger::module_terminate:
      return "AfterModuleTerminate";
    case Trigger::module_change_package:
      return "AfterModuleChangePackage";
    case Trigger::cron:
      return "AfterCronJob";
    case Trigger::cart:
      return "ClientAreaPageCart";
    case Trigger::recalculate:
      return "stockRecalculate";
  }
  return "unknown";
}

std::string_view name(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::wrote:
      return "wrote";
    case Outcome::unchanged:
      return "unchanged";
    case Outcome::kept:
      return "kept";
  }
  return "unknown";
}

}  // namespace vfstock::stock
