// The panel's routes: which path and method is answered by what.
#pragma once

#include <cstdint>
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
};

struct Route {
  std::string_view method;
  std::string_view pattern;  // "/packages/{id}"
  std::optional<Scope> scope;
  std::string_view query;  // known fields, each between blanks
  Response (*answer)(const Call&);

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

}  // namespace vfstock::mockpanel::api
