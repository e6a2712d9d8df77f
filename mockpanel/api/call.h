// One request on its way through its handler.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mockpanel/api/api.h"
#include "mockpanel/api/body.h"

namespace vfstock::mockpanel::api {

struct Call {
  const Request& request;
  const Options& options;
  model::World& world;
  model::Time now;
  const std::string& wall;
  std::string base_url;     // of absolute URLs
  std::int64_t id = -1;     // what the pattern's first "{...}" stands for; -1, which no record has,
                            // when it is no number
  std::int64_t other = -1;  // the same for the second
  /// Members of groups at this revision of the world, as far as somebody has looked them up: a
  /// group of 500 pages is not walked through 500 times.
  std::map<std::int64_t, std::vector<const model::Hypervisor*>>& members;
};

/// The fields of the request's body.
Body body_of(const Call& call, std::span<const BodyField> fields);

/// Why the body is refused, null when it is not: 422 for what is missing or wrong, 400 for fields
/// that are not known where the panel is strict.
std::optional<Response> refusal(const Call& call, const Body& body);

/// The server that the path names, null when there is none.
model::Server* server_of(const Call& call);

}  // namespace vfstock::mockpanel::api
