// The events that came and are not handled yet, in the state's file: on disk before their sender is
// answered, handled once, in the order in which they came.
//
// Handled means: the keeper was told, and has saved what it must remember. Who dies in between is
// told again at the next start, which every event must bear: an order is accepted from Pending
// alone, and a sweep reads what is there. Handled ids are remembered for a day, far longer than a
// signature is good for. May be used by several threads, and by several processes on one file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "engine/live/serve/event.h"
#include "engine/sqlite/sqlite_database.h"

namespace vfstock::serve {

class EventQueue {
 public:
  /// Beyond these senders are sent away: a shop's cron comes to the same a little later.
  static constexpr std::int64_t waiting_max = 10'000;

  /// Makes the file and the table where they are not there. Throws StoreError.
  explicit EventQueue(const std::filesystem::path& file);

  enum class Put {
    stored,
    known,    // an event of this id came before
    same,     // one that asks for the very same waits, and nobody has begun with it
    refused,  // too many wait
  };
  /// On disk when it returns `stored`. Throws StoreError; then the event was not taken.
  Put put(const Event& event);

  struct Waiting {
    std::int64_t number = 0;
    Event event;
  };
  /// The oldest after `after`; nullopt: none waits. Throws StoreError.
  std::optional<Waiting> next(std::int64_t after = 0);
  /// From now on nothing is joined with it: what comes later may have happened after we looked.
  /// Throws StoreError.
  void begin(std::int64_t number);
  /// Throws StoreError.
  void handled(std::int64_t number, WallTime now);
  /// How many wait. Throws StoreError.
  std::int64_t depth();

 private:
  void add_missing_column();
  void prune(WallTime now);

  std::mutex mutex_;
  std::unique_ptr<sqlite::SqliteDatabase> database_;
  WallTime pruned_{};
};

}  // namespace vfstock::serve
