// What comes through the door, and what the engine is told of it.
//
// An event is a hint or a fact about the shop; it never carries a quantity. What the engine writes
// rests on what it reads itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/schedule/keeper.h"

namespace vfstock::serve {

enum class Source { whmcs, virtfusion, watch };
std::string_view name(Source source) noexcept;  // "whmcs", ...

enum class EventKind {
  module_create,
  module_terminate,
  module_change_package,
  cron,
  cart,
  look,  // something may have changed, and nobody says what
};
/// As WHMCS names its hook: "AfterModuleCreate"; "look" for look.
std::string_view name(EventKind kind) noexcept;

struct Event {
  std::string id;  // an id that was handled once does nothing
  Source source = Source::whmcs;
  EventKind kind = EventKind::look;
  std::int64_t service = 0, product = 0;  // 0: not said
  std::string module{};                   // of the service
  WallTime received{};

  friend bool operator==(const Event&, const Event&) = default;
};

/// What the WHMCS hook sent: {"type": "AfterModuleCreate", "data": {"module": ..., "service": N,
/// "product": N}}; further fields mean nothing. Throws std::invalid_argument, for people, when it
/// is not JSON, names no event that is known, or a number is missing that its event needs.
Event whmcs_event(std::string id, std::string_view body, WallTime received);

/// What the panel says about itself, which is believed in nothing: "look".
Event virtfusion_hint(std::string id, WallTime received);

/// The keeper's words for an event of a module; nullopt for any other.
std::optional<schedule::ModuleEvent> module_event(const Event& event);

/// Tells the keeper. Whatever follows from it is the keeper's business.
void tell(schedule::StockKeeper& keeper, const Event& event);

}  // namespace vfstock::serve
