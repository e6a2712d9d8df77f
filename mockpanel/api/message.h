// A request to the mock panel and its answer, as plain data: no sockets, no time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vfstock::mockpanel::api {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// The first field of this name in any letter case.
std::optional<std::string_view> field(const Fields& fields, std::string_view name);

struct Request {
  std::string method;  // "GET", "HEAD", "POST", "PUT", "DELETE"
  std::string path;    // below the API's base, decoded, e.g. "/packages/7"
  Fields query;        // decoded, in order
  Fields headers;
  std::string body;
  std::string address = {};  // of the client, as far as the wire knows it
};

/// Whether two header or parameter names agree but for letter case.
bool same_name(std::string_view a, std::string_view b) noexcept;

/// Percent-decoded; a '%' that starts no pair of hexadecimal digits stands for itself. In queries
/// and forms a '+' is a space.
std::string decoded(std::string_view text, bool plus_is_space);

/// The path as the panel's router compares it: without slashes at its end.
std::string_view route_path(std::string_view path) noexcept;

/// Splits "/a/b?x=1&y=2" into path and query, percent-decoded.
void set_target(Request& request, std::string_view target);

struct Response {
  int status = 200;
  Fields headers;  // Content-Type and whatever else the panel sends, without Content-Length
  std::string body;
};

}  // namespace vfstock::mockpanel::api
