#include "mockpanel/api/authorization.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "mockpanel/api/answer.h"

namespace vfstock::mockpanel::api {
namespace {

/// What follows "Bearer ", empty when there is no such credential.
std::string_view bearer(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto value = field(request.headers, "Authorization");
  if (!value || !value->starts_with(scheme)) return {};
  return value->substr(scheme.size());
}

/// In the order of Scope.
constexpr std::array<std::string_view, 7> scope_names{
    "read-compute", "read-packages", "servers",       "users",
    "self-service", "write-compute", "write-packages"};

}  // namespace

std::string_view name(Scope scope) noexcept { return scope_names[static_cast<std::size_t>(scope)]; }

std::optional<Scope> scope_named(std::string_view name) {
  const auto* const found = std::find(scope_names.begin(), scope_names.end(), name);
  if (found == scope_names.end()) return std::nullopt;
  return static_cast<Scope>(found - scope_names.begin());
}

std::set<Scope> all_scopes() {
  std::set<Scope> all;
  for (std::size_t i = 0; i < scope_names.size(); ++i) all.insert(static_cast<Scope>(i));
  return all;
}

std::optional<Response> refuse_caller(const Request& request, const Options& options,
                                      std::optional<Scope> scope) {
  const std::string_view secret = bearer(request);
  if (secret.empty()) return Response{401, {}, {}};
  if (options.tokens.empty()) return std::nullopt;
  const auto token =
      std::find_if(options.tokens.begin(), options.tokens.end(),
                   [&](const Token& candidate) { return candidate.secret == secret; });
  if (token == options.tokens.end()) return Response{401, {}, {}};
  if (!scope || token->scopes.contains(*scope)) return std::nullopt;
  return errors(403, {"The token does not have the permission \"" + std::string(name(*scope)) +
                      "\" that this endpoint requires."});
}

}  // namespace vfstock::mockpanel::api
