// A state of the panel during which a fault fires: that one record is there, gone, on or off.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::faults {

struct RecordState {
  enum class Record { package, group, hypervisor, server };
  /// A server is never disabled; a hypervisor counts as enabled only while it takes servers.
  enum class Is { there, gone, enabled, disabled };

  Record record = Record::package;
  std::int64_t id = 0;
  Is is = Is::there;

  friend bool operator==(const RecordState&, const RecordState&) = default;
};

std::string_view name(RecordState::Record record) noexcept;  // "package", ...
std::string_view name(RecordState::Is is) noexcept;          // "there", ...
std::optional<RecordState::Record> record_named(std::string_view name);
std::optional<RecordState::Is> state_named(std::string_view name);

bool holds(const RecordState& state, const model::World& world);

}  // namespace vfstock::mockpanel::faults
