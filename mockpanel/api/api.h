// The panel's API over the model: request in, answer out, byte for byte as the real panel writes it.
//
// Field names, types, field order, paging envelope and error shapes follow the vendor's published
// examples, traps included: booleans in one place and 0/1 in another, `percent` null without a quota.
// Not thread safe; the wire serialises.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "mockpanel/api/message.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// What a bearer token may do.
enum class Scope { read_compute, read_packages, servers };

struct Token {
  std::string secret;
  std::set<Scope> scopes{Scope::read_compute, Scope::read_packages, Scope::servers};
};

struct Options {
  /// Base of the absolute URLs in paging links, e.g. "https://panel.example/api/v1".
  std::string base_url = "https://panel.example/api/v1";
  /// Accepted tokens; empty: every bearer token is accepted, but there must be one.
  std::vector<Token> tokens;
  /// Refuses what a well-behaved client does not send (no Accept header, unknown query fields, results
  /// out of range, a body on GET ...) with 400 and a reason, instead of shrugging it off.
  bool strict = true;
};

class Api {
 public:
  Api(model::World& world, Options options);
  /// `now` drives delayed deletions; `wall` (ISO 8601) dates new records.
  Response handle(const Request& request, model::Time now, const std::string& wall);

 private:
  model::World& world_;
  Options options_;
};

}  // namespace vfstock::mockpanel::api
