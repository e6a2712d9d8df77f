#include "mockpanel/api/api.h"

#include <utility>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/authorization.h"
#include "mockpanel/api/base_url.h"
#include "mockpanel/api/routes.h"

namespace vfstock::mockpanel::api {
namespace {

/// The route for the request, or why there is none.
struct Routing {
  const Route* route = nullptr;
  std::int64_t id = -1;
  std::int64_t other = -1;
  std::string allowed;  // methods that the path does take, "GET, HEAD, POST"
};

Routing find_route(const Request& request, Release release) {
  Routing routing;
  std::string_view pattern;
  for (const Route& route : routes()) {
    if (route.since > release) continue;
    // The first pattern that matches is the resource; what it does not take is a wrong method.
    if (!pattern.empty() && route.pattern != pattern) continue;
    const PathMatch match = match_path(route.pattern, request.path);
    if (!match.matches) continue;
    pattern = route.pattern;
    routing.id = match.id;
    routing.other = match.other;
    if (route.takes(request.method)) routing.route = &route;
    routing.allowed.append(routing.allowed.empty() ? "" : ", ").append(route.method);
    if (route.is_read()) routing.allowed.append(", HEAD");
  }
  return routing;
}

/// The path as the framework names it: with the base's own path, without a leading slash.
std::string full_path(const Request& request, const Options& options) {
  const std::string whole = base_path(options) + request.path;
  return whole.substr(whole.starts_with('/') ? 1 : 0);
}

Response no_route(const Request& request, const Options& options, const std::string& allowed) {
  const std::string path = full_path(request, options);
  if (allowed.empty()) {
    return json_answer(404, Json{{"message", "The route " + path + " could not be found."}});
  }
  Response response = json_answer(
      405, Json{{"message", "The " + request.method + " method is not supported for route " + path +
                                ". Supported methods: " + allowed + "."}});
  response.headers.emplace_back("Allow", allowed);
  return response;
}

Response not_here(const Route& route) {
  return json_answer(
      501, Json{{"message", "The panel documents " + std::string(route.method) + " " +
                                std::string(route.pattern) + ", this mock does not have it."}});
}

bool is_known(const Route& route, const std::string& field) {
  return field.find(' ') == std::string::npos &&
         route.query.find(" " + field + " ") != std::string_view::npos;
}

/// What a well-behaved client does not send; nullopt when there is nothing to say.
std::optional<Response> refuse_manners(const Request& request, const Route& route) {
  const auto accept = field(request.headers, "Accept");
  if (!accept || accept->find("application/json") == std::string_view::npos) {
    return errors(400, {"Send the header \"Accept: application/json\"."});
  }
  if (route.is_read() && !request.body.empty()) {
    return errors(400, {"A GET request has no body."});
  }
  const std::string_view type = field(request.headers, "Content-Type").value_or("application/json");
  if (!request.body.empty() && !type.starts_with("application/json")) {
    return errors(400, {"Send the body as \"Content-Type: application/json\"."});
  }
  for (const auto& [name, value] : request.query) {
    if (!is_known(route, name)) return errors(400, {"Unknown query field: " + name});
  }
  return std::nullopt;
}

/// Length-prefixed, so that no two different requests share a key.
std::string memory_key(const Request& request, const std::string& base) {
  std::string key = base + "\n" + request.path;
  for (const auto& [name, value] : request.query) {
    for (const std::string& text : {name, value}) {
      key.append("\n").append(std::to_string(text.size())).append(":").append(text);
    }
  }
  return key;
}

}  // namespace

Api::Api(model::World& world, Options options) : world_(world), options_(std::move(options)) {}

Response Api::handle(const Request& given, model::Time now, const std::string& wall) {
  world_.advance(now);
  // The panel's router does not see slashes at the end of a path.
  const std::string_view path = route_path(given.path);
  Request trimmed_request;
  if (path.size() != given.path.size()) {
    trimmed_request = given;
    trimmed_request.path = std::string(path);
  }
  const Request& request = path.size() == given.path.size() ? given : trimmed_request;
  const Routing routing = find_route(request, options_.release);
  if (routing.route == nullptr) return no_route(request, options_, routing.allowed);
  if (auto refused = refuse_caller(request, options_, routing.route->scope)) return *refused;
  if (routing.route->answer == nullptr) return not_here(*routing.route);
  if (options_.strict) {
    if (&request != &given) return errors(400, {"The path ends in a slash."});
    if (auto refused = refuse_manners(request, *routing.route)) return *refused;
  }
  if (remembered_.revision != world_.revision()) remembered_ = {world_.revision(), {}, {}};
  const Call call{request,    options_,      world_,
                  now,        wall,          base_url(request, options_),
                  routing.id, routing.other, remembered_.members};
  if (!routing.route->is_read()) return routing.route->answer(call);

  constexpr std::size_t answers_max = 256;
  if (remembered_.answers.size() >= answers_max) remembered_.answers.clear();
  const std::string key = memory_key(request, call.base_url);
  const auto known = remembered_.answers.find(key);
  if (known != remembered_.answers.end()) return known->second;
  return remembered_.answers.emplace(key, routing.route->answer(call)).first->second;
}

}  // namespace vfstock::mockpanel::api
