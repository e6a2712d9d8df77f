#include "sim/invariants/target.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace vfstock::sim::invariants {
namespace {

constexpr std::string_view package_route = "/packages/";
constexpr std::string_view group_route = "/compute/hypervisors/groups/";
constexpr std::string_view resources = "/resources";
constexpr std::string_view block_list = "/connectivity/ipblocks";
constexpr std::string_view hypervisors = "/hypervisors";

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

std::int64_t page_of(std::string_view query) {
  constexpr std::string_view name = "page=";
  while (!query.empty()) {
    const std::string_view field = query.substr(0, query.find('&'));
    if (field.starts_with(name)) return number(field.substr(name.size())).value_or(0);
    query.remove_prefix(std::min(query.size(), field.size() + 1));
  }
  return 1;
}

}  // namespace

Target read_target(std::string_view target) {
  const std::size_t mark = target.find('?');
  std::string_view path = target.substr(0, mark);
  const std::string_view query =
      mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);

  if (path == "/connect") return {Target::About::connection, 0, 1};
  if (path == "/packages") return {Target::About::packages, 0, 1};
  if (path == block_list) return {Target::About::blocks, 0, page_of(query)};
  if (path == "/compute/hypervisors") return {Target::About::hypervisors, 0, page_of(query)};
  if (path.starts_with(block_list) && path.ends_with(hypervisors)) {
    path.remove_prefix(block_list.size() + 1);
    path.remove_suffix(std::min(path.size(), hypervisors.size()));
    const auto id = number(path);
    return id ? Target{Target::About::bound_to_block, *id, 1} : Target{};
  }
  if (path.starts_with(package_route)) {
    const auto id = number(path.substr(package_route.size()));
    if (id) return {Target::About::package, *id, 1};
  }
  if (path.starts_with(group_route) && path.ends_with(resources)) {
    path.remove_prefix(group_route.size());
    path.remove_suffix(std::min(path.size(), resources.size()));
    const auto id = number(path);
    if (id) return {Target::About::group, *id, page_of(query)};
  }
  return {};
}

}  // namespace vfstock::sim::invariants
