#include "engine/catalogue/panel_name.h"

#include <algorithm>

#include "engine/base/text.h"

namespace vfstock::catalogue {
namespace {

/// An address in brackets keeps its colons, and so does one that is written without them.
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    return host.substr(1, end == std::string_view::npos ? end : end - 1);
  }
  const std::size_t colon = host.find(':');
  return colon == host.rfind(':') ? host.substr(0, colon) : host;
}

}  // namespace

std::string panel_name(std::string_view host) {
  host = trimmed(host);
  const std::size_t scheme = host.find("://");
  if (scheme != std::string_view::npos) host.remove_prefix(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  const std::size_t user = host.rfind('@');
  if (user != std::string_view::npos) host.remove_prefix(user + 1);
  host = trimmed(without_port(trimmed(host)));
  while (host.ends_with('.')) host.remove_suffix(1);
  return lower(std::string(host));
}

}  // namespace vfstock::catalogue
