// The port to what survives a restart: windows, brake, retries and the panel's wish for patience.
//
// All moments are calendar time, since monotonic time does not survive the process. Whoever reads
// them takes a moment in the future for now.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/catalogue/product.h"
#include "engine/panel/panel.h"

namespace vfstock::schedule {

/// Everything of the engine that outlives it, as one plain value.
struct Remembered {
  /// Limit key ("stockrefresh:event", "stockrefresh:cron", "stockrefresh:{pid}") -> when its window
  /// began.
  std::map<std::string, WallTime> windows;
  /// An event came inside the window and waits for its end.
  bool event_waits = false;
  /// A deletion that takes effect at `due`, and the groups whose capacity it gives back; nullopt
  /// where it is not known which.
  struct Deletion {
    WallTime due{};
    std::optional<std::vector<panel::GroupId>> groups;
    friend bool operator==(const Deletion&, const Deletion&) = default;
  };
  std::vector<Deletion> deletions;
  struct Retry {
    WallTime due{};
    std::chrono::seconds delay{0};  // the wait that leads to `due`; the next is twice as long
    friend bool operator==(const Retry&, const Retry&) = default;
  };
  std::map<catalogue::ProductId, Retry> retries;
  /// The whole shop could not be read.
  std::optional<Retry> sweep_retry;
  /// Since when the brake withholds a product's fall; `steady` is the same moment by the monotonic
  /// clock, which a calendar that is set does not move.
  struct Hold {
    WallTime since{};
    std::optional<Instant> steady = std::nullopt;
    friend bool operator==(const Hold&, const Hold&) = default;
  };
  std::map<catalogue::ProductId, Hold> braked;
  /// Products that fell to 0 since the last sweep.
  std::vector<catalogue::ProductId> emptied;
  std::optional<WallTime> quiet_until;  // the panel asked to be left alone
  std::optional<WallTime> last_probe;
  /// What the panel could not be asked for want of time or patience: asked first the next time.
  std::vector<panel::PackageId> unasked_packages;
  std::vector<panel::GroupId> unasked_groups;
  friend bool operator==(const Remembered&, const Remembered&) = default;
};

class State {
 public:
  virtual ~State() = default;
  /// nullopt: nothing was ever saved, or it is lost. Throws catalogue::StoreError.
  virtual std::optional<Remembered> load() = 0;
  /// Replaces what was saved, whole or not at all. Throws catalogue::StoreError.
  virtual void save(const Remembered& remembered) = 0;
  /// Whether save() is to be called at every moment that a restart must not lose. An owner whose
  /// keepers never die unforeseen may ask them himself when he replaces them.
  virtual bool wants_every_moment() const { return true; }
};

}  // namespace vfstock::schedule
