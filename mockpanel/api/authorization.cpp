#include "mockpanel/api/authorization.h"

#include <algorithm>
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

std::string_view name(Scope scope) {
  switch (scope) {
    case Scope::read_compute:
      return "read compute";
    case Scope::read_packages:
      return "read packages";
    case Scope::users:
      return "users";
    case Scope::write_compute:
      return "write compute";
    case Scope::write_packages:
      return "write packages";
    case Scope::servers:
      break;
  }
  return "servers";
}

}  // namespace

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
