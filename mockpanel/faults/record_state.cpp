#include "mockpanel/faults/record_state.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace vfstock::mockpanel::faults {
namespace {

using Record = RecordState::Record;
using Is = RecordState::Is;

/// In the order of their enumerations.
constexpr std::array<std::string_view, 4> records{"package", "group", "hypervisor", "server"};
constexpr std::array<std::string_view, 4> states{"there", "gone", "enabled", "disabled"};

/// Whether the record is enabled; empty when it is not there.
template <typename Records, typename Enabled>
std::optional<bool> look_up(const Records& all, std::int64_t id, Enabled enabled) {
  const auto found = all.find(id);
  if (found == all.end()) return std::nullopt;
  return enabled(found->second);
}

std::optional<bool> enabled(const RecordState& state, const model::World& world) {
  switch (state.record) {
    case Record::package:
      return look_up(world.packages, state.id, [](const auto& record) { return record.enabled; });
    case Record::group:
      return look_up(world.groups, state.id, [](const auto& record) { return record.enabled; });
    case Record::hypervisor:
      return look_up(world.hypervisors, state.id,
                     [](const auto& record) { return record.placeable(); });
    case Record::server:
      return look_up(world.servers, state.id, [](const auto&) { return true; });
  }
  return std::nullopt;
}

template <typename Named>
std::optional<Named> find_name(const std::array<std::string_view, 4>& names,
                               std::string_view wanted) {
  const auto* const found = std::find(names.begin(), names.end(), wanted);
  if (found == names.end()) return std::nullopt;
  return static_cast<Named>(found - names.begin());
}

}  // namespace

std::string_view name(Record record) noexcept { return records[static_cast<std::size_t>(record)]; }

std::string_view name(Is is) noexcept { return states[static_cast<std::size_t>(is)]; }

std::optional<Record> record_named(std::string_view name) {
  return find_name<Record>(records, name);
}

std::optional<Is> state_named(std::string_view name) { return find_name<Is>(states, name); }

bool holds(const RecordState& state, const model::World& world) {
  const std::optional<bool> on = enabled(state, world);
  switch (state.is) {
    case Is::there:
      return on.has_value();
    case Is::gone:
      return !on;
    case Is::enabled:
      return on == true;
    case Is::disabled:
      return on == false;
  }
  return false;
}

}  // namespace vfstock::mockpanel::faults
