#include "sim/invariants/shop_columns.h"

#include <algorithm>
#include <limits>
#include <set>

#include "sim/invariants/same_name.h"

namespace vfstock::sim::invariants {
namespace {

constexpr std::string_view white_space = " \t\n\v\f\r";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(white_space) == std::string_view::npos;
}

std::vector<std::int64_t> groups_of(const Row& row, std::string_view location_option) {
  std::vector<std::int64_t> groups;
  const auto add = [&](std::int64_t group) {
    const bool known = std::find(groups.begin(), groups.end(), group) != groups.end();
    if (group > 0 && !known) groups.push_back(group);
  };
  add(leading_number(row.configoption1));
  for (const auto& [option, value] : row.options) {
    if (option.substr(0, option.find('|')) == location_option) add(leading_number(value));
  }
  return groups;
}

std::optional<std::int64_t> addresses_of(const Row& row, const Expectations& expectations) {
  const std::int64_t written = leading_number(row.configoption3);
  if (written >= 1) return written;
  const bool unconstrained = expectations.ipv4_zero == "none" && written == 0;
  if (unconstrained && !is_blank(row.configoption3)) return std::nullopt;
  return 1;
}

/// A panel's name without what people write around it: scheme, port, path, blanks, letter case.
std::string panel_of(std::string host) {
  host = lower(host);
  std::erase_if(host, [](char c) { return white_space.find(c) != std::string_view::npos; });
  const std::size_t scheme = host.find("://");
  if (scheme != std::string::npos) host.erase(0, scheme + 3);
  host.erase(std::min(host.size(), host.find('/')));
  const std::size_t bracket = host.find(']');
  if (host.starts_with('[') && bracket != std::string::npos) return host.substr(1, bracket - 1);
  const bool has_one_colon = std::count(host.begin(), host.end(), ':') == 1;
  if (has_one_colon) host.erase(host.find(':'));
  return host;
}

/// The panels on which the product may be created: its group's, or the shop's where its group names
/// none.
std::set<std::string> panels_of(const Row& row, const Expectations& expectations) {
  std::set<std::string> panels;
  for (const bool whole_shop : {false, true}) {
    for (const auto& [group, hosts] : expectations.server_groups) {
      if (!whole_shop && (row.servergroup == 0 || group != row.servergroup)) continue;
      for (const std::string& host : hosts) panels.insert(panel_of(host));
    }
    if (!panels.empty()) break;
  }
  return panels;
}

bool sold_by_another_panel(const Row& row, const Expectations& expectations) {
  const std::set<std::string> panels = panels_of(row, expectations);
  if (panels.empty()) return false;
  // Where nobody said which panel this is, the only one that is named can be it.
  return panels.size() > 1 ||
         (!expectations.panel_host.empty() && *panels.begin() != panel_of(expectations.panel_host));
}

}  // namespace

std::int64_t leading_number(std::string_view text) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  text.remove_prefix(std::min(text.find_first_not_of(white_space), text.size()));
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') break;
    const std::int64_t digit = c - '0';
    value = value > (most - digit) / 10 ? most : value * 10 + digit;
  }
  return minus ? -value : value;
}

bool is_managed(const Row& row) {
  return row.servertype == "VirtFusionDirect" && row.stockcontrol == 1;
}

ShopColumns read_columns(const Row& row, const Expectations& expectations) {
  ShopColumns columns;
  columns.package = leading_number(row.configoption2);
  columns.groups = groups_of(row, expectations.location_option);
  columns.addresses = addresses_of(row, expectations);
  columns.buffer = Buffer::of_column(row.configoption7);
  if (expectations.option_overrides == "largest") {
    columns.options = chosen_options(row, expectations.location_option);
  }
  columns.other_panel = sold_by_another_panel(row, expectations);
  return columns;
}

}  // namespace vfstock::sim::invariants
