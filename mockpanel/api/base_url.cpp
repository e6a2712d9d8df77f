#include "mockpanel/api/base_url.h"

namespace vfstock::mockpanel::api {
namespace {

/// Host names, addresses and a port; nothing that could lead out of a URL's authority.
bool is_host(std::string_view host) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:[]";
  return !host.empty() && host.size() <= 255 &&
         host.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

std::string base_path(const Options& options) {
  const std::size_t scheme = options.base_url.find("://");
  const std::size_t host = scheme == std::string::npos ? 0 : scheme + 3;
  const std::size_t slash = options.base_url.find('/', host);
  return slash == std::string::npos ? "" : options.base_url.substr(slash);
}

std::string base_url(const Request& request, const Options& options) {
  const auto host = field(request.headers, "Host");
  if (!options.urls_from_host || !host || !is_host(*host)) return options.base_url;
  return "http://" + std::string(*host) + base_path(options);
}

}  // namespace vfstock::mockpanel::api
