#include "engine/plan/decision.h"

#include <array>

#include <fmt/format.h>

namespace vfstock::plan {
namespace {

std::string groups(std::size_t count) {
  return count == 1 ? std::string("1 group") : fmt::format("{} groups", count);
}

std::string worded(const Counted& counted) {
  std::string text = fmt::format("{} {} {} more", groups(counted.groups),
                                 counted.groups == 1 ? "takes" : "take", counted.before);
  if (counted.left < counted.before) {
    text += fmt::format("; orders on their way leave {}", counted.left);
  }
  if (counted.missing > 0) text += fmt::format("; {} not on the panel", groups(counted.missing));
  if (counted.ceiling) text += fmt::format("; cut to the ceiling of {}", *counted.ceiling);
  return text;
}

enum Nature {
  lasting,
  transient,   // passes by itself
  of_records,  // a record of the panel is gone or disabled
};

struct Traits {
  Cause cause;
  std::string_view name;
  Nature nature;
};

constexpr std::array<Traits, 17> table{{
    {Cause::capacity, "capacity", lasting},
    {Cause::ceiling, "ceiling", lasting},
    {Cause::package_missing, "package missing", of_records},
    {Cause::package_disabled, "package disabled", of_records},
    {Cause::group_missing, "group missing", of_records},
    {Cause::undone, "undone", lasting},
    {Cause::no_package, "no package", lasting},
    {Cause::no_groups, "no groups", lasting},
    {Cause::other_panel, "other panel", lasting},
    {Cause::several_panels, "several panels", lasting},
    {Cause::unbounded, "unbounded", lasting},
    {Cause::changed_since, "changed since", lasting},
    {Cause::package_unavailable, "package unavailable", transient},
    {Cause::group_unavailable, "group unavailable", transient},
    {Cause::store_failed, "store failed", transient},
    {Cause::contended, "contended", transient},
    {Cause::surprise, "surprise", transient},
}};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].cause) != i) return false;
  }
  return static_cast<std::size_t>(Cause::surprise) + 1 == table.size();
}
static_assert(is_in_order(), "every cause has its row, in the order of the enum");

const Traits& traits_of(Cause cause) noexcept { return table[static_cast<std::size_t>(cause)]; }

}  // namespace

std::string to_text(const Why& why) {
  const Counted* const counted = std::get_if<Counted>(&why.because);
  return counted != nullptr ? worded(*counted) : std::get<std::string>(why.because);
}

std::string_view name(Cause cause) noexcept { return traits_of(cause).name; }
bool is_transient(Cause cause) noexcept { return traits_of(cause).nature == transient; }

bool rests_on_lost_records(const Why& why) noexcept {
  const Counted* const counted = std::get_if<Counted>(&why.because);
  return traits_of(why.cause).nature == of_records || (counted != nullptr && counted->missing > 0);
}

}  // namespace vfstock::plan
