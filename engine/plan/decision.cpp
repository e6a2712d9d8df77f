#include "engine/plan/decision.h"

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

}  // namespace

std::string to_text(const Why& why) {
  const Counted* const counted = std::get_if<Counted>(&why.because);
  return counted != nullptr ? worded(*counted) : std::get<std::string>(why.because);
}

std::string_view name(Cause cause) noexcept {
  switch (cause) {
    case Cause::capacity:
      return "capacity";
    case Cause::ceiling:
      return "ceiling";
    case Cause::package_missing:
      return "package missing";
    case Cause::package_disabled:
      return "package disabled";
    case Cause::group_missing:
      return "group missing";
    case Cause::no_package:
      return "no package";
    case Cause::no_groups:
      return "no groups";
    case Cause::other_panel:
      return "other panel";
    case Cause::unbounded:
      return "unbounded";
    case Cause::package_unavailable:
      return "package unavailable";
    case Cause::group_unavailable:
      return "group unavailable";
    case Cause::store_failed:
      return "store failed";
    case Cause::contended:
      return "contended";
    case Cause::surprise:
      return "surprise";
  }
  return "unknown";
}

bool is_brakeable(Cause cause) noexcept {
  return cause == Cause::package_missing || cause == Cause::package_disabled ||
         cause == Cause::group_missing;
}

bool is_transient(Cause cause) noexcept {
  switch (cause) {
    case Cause::package_unavailable:
    case Cause::group_unavailable:
    case Cause::store_failed:
    case Cause::contended:
    case Cause::surprise:
      return true;
    case Cause::capacity:
    case Cause::ceiling:
    case Cause::package_missing:
    case Cause::package_disabled:
    case Cause::group_missing:
    case Cause::no_package:
    case Cause::no_groups:
    case Cause::other_panel:
    case Cause::unbounded:
      return false;
  }
  return false;
}

}  // namespace vfstock::plan
