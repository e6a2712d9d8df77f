#include "mockpanel/api/routes.h"

#include <algorithm>
#include <array>

#include "mockpanel/api/query.h"

namespace vfstock::mockpanel::api {
namespace {

constexpr auto compute = Scope::read_compute;
constexpr auto packages = Scope::read_packages;
constexpr auto servers = Scope::servers;
constexpr std::string_view paging = " results page ";

constexpr std::array<Route, 32> table{{
    {"GET", "/connect", std::nullopt, "", answer_connect},
    {"GET", "/packages", packages, "", answer_packages},
    {"GET", "/packages/{id}", packages, "", answer_package},
    {"GET", "/compute/hypervisors", compute, paging, answer_hypervisors},
    {"GET", "/compute/hypervisors/groups", compute, paging, answer_groups},
    {"GET", "/compute/hypervisors/{id}", compute, "", answer_hypervisor},
    {"GET", "/compute/hypervisors/groups/{id}", compute, "", answer_group},
    {"GET", "/compute/hypervisors/groups/{id}/resources", compute, paging, answer_group_resources},
    {"GET", "/servers", servers, " type results page hypervisorId hypervisorId[] ", answer_servers},
    {"GET", "/servers/{id}", servers, " remoteState ", answer_server},
    {"POST", "/servers", servers, " dryRun ", create_server},
    {"PUT", "/servers/{id}/package/{package}", servers, "", change_server_package},
    {"DELETE", "/servers/{id}", servers, " delay ", delete_server},
    {"POST", "/servers/{id}/build", servers, "", build_server},
    {"POST", "/servers/{id}/suspend", servers, "", suspend_server},
    {"POST", "/servers/{id}/unsuspend", servers, "", unsuspend_server},
    {"PUT", "/servers/{id}/modify/memory", servers, "", modify_memory},
    {"PUT", "/servers/{id}/modify/cpuCores", servers, "", modify_cores},
    {"PUT", "/servers/{id}/modify/traffic", servers, "", modify_traffic},
    {"PUT", "/servers/{id}/modify/name", servers, "", modify_name},
    {"POST", "/servers/{id}/power/boot", servers, "", power_server},
    {"POST", "/servers/{id}/power/shutdown", servers, "", power_server},
    {"POST", "/servers/{id}/power/restart", servers, "", power_server},
    {"POST", "/servers/{id}/power/poweroff", servers, "", power_server},
    {"GET", "/queue/{id}", servers, "", answer_queue_entry},
    {"GET", "/users/{id}/byExtRelation", Scope::users, "", answer_user},
    {"POST", "/users", Scope::users, "", create_user},
    {"GET", "/connectivity/ipblocks", compute, paging, answer_blocks},
    {"GET", "/connectivity/ipblocks/{id}", compute, "", answer_block},
    {"PUT", "/compute/hypervisors/{id}", Scope::write_compute, "", update_hypervisor,
     Release::v7_1},
    {"PUT", "/packages/{id}", Scope::write_packages, "", update_package, Release::v7_1},
    {"DELETE", "/packages/{id}", Scope::write_packages, "", delete_package, Release::v7_1},
}};

/// Cuts the first segment, with its slash, off the path.
std::string_view take_segment(std::string_view& path) {
  const std::string_view segment = path.substr(0, path.find('/', 1));
  path.remove_prefix(segment.size());
  return segment;
}

std::int64_t id_from(std::string_view digits) {
  const bool plain =
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return plain ? integer(digits).value_or(-1) : -1;
}

}  // namespace

std::span<const Route> routes() { return table; }

PathMatch match_path(std::string_view pattern, std::string_view path) {
  PathMatch match;
  while (!pattern.empty() && !path.empty()) {
    const std::string_view expected = take_segment(pattern);
    const std::string_view segment = take_segment(path);
    if (expected == "/{id}" && segment.size() > 1) {
      match.id = id_from(segment.substr(1));
    } else if (expected == "/{package}" && segment.size() > 1) {
      match.package = id_from(segment.substr(1));
    } else if (expected != segment) {
      return {};
    }
  }
  match.matches = pattern.empty() && path.empty();
  return match;
}

}  // namespace vfstock::mockpanel::api
