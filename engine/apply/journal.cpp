#include "engine/apply/journal.h"

namespace vfstock::apply {

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
    case Trigger::trailing:
      return "trailing";
    case Trigger::deletion:
      return "delayed deletion";
    case Trigger::retry:
      return "retry";
    case Trigger::brake:
      return "brake";
    case Trigger::first_sweep:
      return "first sweep";
    case Trigger::undo:
      return "undo";
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
    case Outcome::held:
      return "held";
  }
  return "unknown";
}

std::string_view name(Acceptance::Outcome outcome) noexcept {
  switch (outcome) {
    case Acceptance::Outcome::accepted:
      return "accepted";
    case Acceptance::Outcome::not_pending:
      return "not pending";
    case Acceptance::Outcome::waits:
      return "waits";
    case Acceptance::Outcome::failed:
      return "failed";
  }
  return "unknown";
}

}  // namespace vfstock::apply
