// The panel's routes: which path and method is answered by what.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "mockpanel/api/call.h"

namespace vfstock::mockpanel::api {

struct Route {
  std::string_view method;
  std::string_view pattern;  // "/packages/{id}"
  std::optional<Scope> scope;
  std::string_view query;  // known fields, each between blanks
  /// Null: the panel documents the route, the mock does not have it and says so with 501.
  Response (*answer)(const Call&);
  Release since = Release::v7_0;

  /// HEAD is a read without a body.
  bool takes(std::string_view wanted) const noexcept {
    return method == wanted || (method == "GET" && wanted == "HEAD");
  }
  bool is_read() const noexcept { return method == "GET"; }
};

/// Every route. Of two patterns that one path can match, the one made of words stands first.
std::span<const Route> routes();

/// The numbers at the first and the second "{...}" (-1 for a pattern without, or where there is no
/// number) when `path` has the shape of `pattern`.
struct PathMatch {
  bool matches = false;
  std::int64_t id = -1;
  std::int64_t other = -1;
};
PathMatch match_path(std::string_view pattern, std::string_view path);

}  // namespace vfstock::mockpanel::api
