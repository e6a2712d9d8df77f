// The panel's routes: which path and method is answered by what.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mockpanel/api/api.h"

namespace vfstock::mockpanel::api {

/// One request on its way to its handler.
struct Call {
  const Request& request;
  const Options& options;
  model::World& world;
  model::Time now;
  const std::string& wall;
  std::int64_t id = -1;  // what "{id}" stands for; -1, which no record has, when it is no number
  std::int64_t package = -1;  // the same for "{package}"
  /// Members of groups at this revision of the world, as far as somebody has looked them up: a
  /// group of 500 pages is not walked through 500 times.
  std::map<std::int64_t, std::vector<const model::Hypervisor*>>& members;
};

struct Route {
  std::string_view method;
  std::string_view pattern;  // "/packages/{id}"
  std::optional<Scope> scope;
  std::string_view query;  // known fields, each between blanks
  Response (*answer)(const Call&);
  Release since = Release::v7_0;

  bool is_read() const noexcept { return method == "GET"; }
};

/// Every route. Of two patterns that one path can match, the one made of words stands first.
std::span<const Route> routes();

/// The numbers at "{id}" and "{package}" (-1 for a pattern without) when `path` has the shape of
/// `pattern`.
struct PathMatch {
  bool matches = false;
  std::int64_t id = -1;
  std::int64_t package = -1;
};
PathMatch match_path(std::string_view pattern, std::string_view path);

// Handlers, by concern.
Response answer_connect(const Call& call);
Response answer_packages(const Call& call);
Response answer_package(const Call& call);
Response answer_hypervisors(const Call& call);
Response answer_hypervisor(const Call& call);
Response answer_groups(const Call& call);
Response answer_group(const Call& call);
Response answer_group_resources(const Call& call);
Response answer_servers(const Call& call);
Response answer_server(const Call& call);
Response create_server(const Call& call);
Response change_server_package(const Call& call);
Response delete_server(const Call& call);
Response build_server(const Call& call);
Response suspend_server(const Call& call);
Response unsuspend_server(const Call& call);
Response modify_memory(const Call& call);
Response modify_cores(const Call& call);
Response modify_traffic(const Call& call);
Response modify_name(const Call& call);
Response power_server(const Call& call);
Response answer_queue_entry(const Call& call);
Response answer_user(const Call& call);
Response create_user(const Call& call);
Response answer_blocks(const Call& call);
Response answer_block(const Call& call);
Response update_hypervisor(const Call& call);
Response update_package(const Call& call);
Response delete_package(const Call& call);

}  // namespace vfstock::mockpanel::api
