// The daemon's HTTP server: takes events and hands them to the queue, and tells what is published.
//
// Bounded everywhere: so many workers, so many waiting connections, bodies of at most 20 kB, a few
// seconds for each read and write. What only reads needs nothing from this machine; everything else
// needs a signature or the operator's token. The Host header must name this service, so that a page
// in a browser cannot reach it under a name of its own.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/live/serve/event_queue.h"
#include "engine/live/serve/heart.h"
#include "engine/live/serve/log.h"
#include "engine/live/serve/metrics.h"
#include "engine/live/serve/settings.h"
#include "engine/live/serve/writer.h"

namespace vfstock::serve {

class Door {
 public:
  struct Rooms {
    Board& board;
    EventQueue& queue;
    Metrics& metrics;
    Log& log;
    const Heart& heart;
    const Clock& clock;
    Writer& writer;
    std::filesystem::path journal;
  };
  static constexpr std::size_t body_bytes_max = 20'000;

  /// Listens from now on. Throws SettingsError for secrets and certificates that cannot be used,
  /// and where the address is taken.
  Door(const Listen& listen, const Secrets& secrets, const Rooms& rooms);
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  int port() const noexcept;
  /// Throws SettingsError; then the old ones stay.
  void use(const Secrets& secrets);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vfstock::serve
