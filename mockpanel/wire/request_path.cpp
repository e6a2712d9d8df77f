#include "mockpanel/wire/request_path.h"

#include <string>

namespace vfstock::mockpanel::wire {
namespace {

std::string target_below(std::string_view target, std::string_view base_path) {
  if (target.starts_with(base_path)) {
    const std::string_view rest = target.substr(base_path.size());
    if (rest.empty() || rest.front() == '?') return "/" + std::string(rest);
    if (rest.front() == '/') return std::string(rest);
  }
  std::string way;
  for (const char c : base_path) {
    if (c == '/') way += "/..";
  }
  if (!target.starts_with('/')) way += '/';
  return way.append(target);
}

}  // namespace

api::Request below_base(const WireRequest& request, std::string_view base_path) {
  api::Request below;
  below.method = request.method;
  api::set_target(below, target_below(request.target, base_path));
  below.headers = request.headers;
  below.body = request.body;
  return below;
}

}  // namespace vfstock::mockpanel::wire
