// The panel's API over the model: request in, answer out, byte for byte as the real panel writes
// it.
//
// Field names, types, field order, paging envelope and error shapes follow the vendor's published
// examples, traps included: booleans in one place and 0/1 in another, `percent` null without a
// quota. Where the vendor documents nothing (texts of refusals, the body of a 403, the short server
// record), the mock speaks its own words in the documented shape. Not thread safe; the wire
// serialises.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "mockpanel/api/message.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// What a bearer token may do.
enum class Scope {
  read_compute,
  read_packages,
  servers,
  users,
  self_service,
  write_compute,
  write_packages
};
std::string_view name(Scope scope) noexcept;  // "read-compute", "servers", ...
std::optional<Scope> scope_named(std::string_view name);
std::set<Scope> all_scopes();

struct Token {
  std::string secret;
  std::set<Scope> scopes = all_scopes();
};

/// Which release of the panel answers. 7.1 can write hypervisors and packages.
enum class Release { v7_0, v7_1 };

struct Options {
  /// Base of the absolute URLs in paging links, e.g. "https://panel.example/api/v1".
  std::string base_url = "https://panel.example/api/v1";
  /// True: absolute URLs begin with "http://" and the Host that the request was sent to, where it
  /// names one, and go on with the path of `base_url`.
  bool urls_from_host = false;
  /// Accepted tokens; empty: every bearer token is accepted, but there must be one.
  std::vector<Token> tokens;
  /// Refuses what a well-behaved client does not send, with a reason, instead of shrugging it off:
  /// no "Accept: application/json", unknown query or body fields, a body on a read or one that is
  /// not announced as JSON, a slash at the end of the path (400), values that are not of the
  /// documented type, `results` or `page` out of range (422; otherwise they are moved into range).
  bool strict = true;
  Release release = Release::v7_1;
};

class Api {
 public:
  /// The world must outlive the Api. It may be edited meanwhile (with touch()), but not be replaced
  /// by another whose revision could be the same.
  Api(model::World& world, Options options);
  /// `now` drives delayed deletions; `wall` (ISO 8601, "2025-01-20T14:00:47+00:00") dates new
  /// records.
  Response handle(const Request& request, model::Time now, const std::string& wall);
  const Options& options() const noexcept { return options_; }

 private:
  /// Answers to reads, good for as long as the world's revision stays.
  struct Remembered {
    std::uint64_t revision = 0;
    std::map<std::string, Response> answers;  // by base URL, path and query
    std::map<std::int64_t, std::vector<const model::Hypervisor*>> members;  // by group
  };

  model::World& world_;
  Options options_;
  Remembered remembered_;
};

}  // namespace vfstock::mockpanel::api
