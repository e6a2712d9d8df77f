#include "sim/cli/panel_tokens.h"

#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/cli/options.h"
#include "sim/document/read_bytes.h"

namespace vfstock::sim::cli {

namespace api = mockpanel::api;

namespace {

std::vector<std::string> scope_names() {
  std::vector<std::string> names;
  for (const api::Scope scope : api::all_scopes()) names.emplace_back(api::name(scope));
  return names;
}

/// "read-compute,servers"; empty means all.
std::set<api::Scope> scopes_from(const std::string& list, const std::string& place) {
  if (list.empty()) return api::all_scopes();
  std::set<api::Scope> scopes;
  std::istringstream words(list);
  for (std::string word; std::getline(words, word, ',');) {
    const auto scope = api::scope_named(word);
    if (!scope) {
      throw UsageError(fmt::format("{}: expected scopes, separated by commas, of {}", place,
                                   fmt::join(scope_names(), ", ")));
    }
    scopes.insert(*scope);
  }
  return scopes;
}

}  // namespace

std::vector<api::Token> read_tokens(const std::string& file, const std::string& scopes) {
  const std::set<api::Scope> usual = scopes_from(scopes, "--scopes");
  std::istringstream stream(document::read_bytes(file));
  std::vector<api::Token> tokens;
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    std::istringstream words(line);
    std::string secret, list, more;
    if (!(words >> secret) || secret.front() == '#') continue;
    const std::string place = fmt::format("{}, line {}", file, number);
    words >> list;
    if (words >> more) throw UsageError(place + ": expected a token and its scopes, nothing else");
    tokens.push_back({secret, list.empty() ? usual : scopes_from(list, place)});
  }
  if (tokens.empty()) throw UsageError(file + ": holds no token");
  return tokens;
}

}  // namespace vfstock::sim::cli
