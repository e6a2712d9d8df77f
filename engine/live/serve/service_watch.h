// Finds out by looking what a hook would have told: services that got a server, ended, or changed
// their package since the last look. For shops where nobody installs the hook.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/catalogue/database.h"
#include "engine/live/serve/event.h"

namespace vfstock::serve {

/// What of a service matters here.
struct SeenService {
  std::int64_t product = 0;
  bool lives = false;  // it is Active or Suspended
  friend bool operator==(const SeenService&, const SeenService&) = default;
};
using SeenServices = std::map<std::int64_t, SeenService>;

/// The VirtFusion services of a shop. Throws StoreError.
SeenServices read_services(catalogue::Database& database);

/// What happened between two looks, one event a service.
std::vector<Event> changes_between(const SeenServices& before, const SeenServices& now,
                                   WallTime at);

class ServiceWatch {
 public:
  /// `database` must outlive it.
  explicit ServiceWatch(catalogue::Database& database) : database_(database) {}

  /// What happened since the last call. The first one cannot know, and asks for a look. Throws
  /// StoreError; then the next call tells it.
  std::vector<Event> changes(WallTime at);

 private:
  catalogue::Database& database_;
  std::optional<SeenServices> seen_;
};

}  // namespace vfstock::serve
