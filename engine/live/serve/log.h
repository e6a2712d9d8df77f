// What the daemon says while it runs: one line an event, as logfmt or JSON, on one stream.
//
// Every line has a level and an event name that does not change, so that people can search and
// alert. Values are escaped: nothing that came from outside can forge a line or reach a terminal.
// Secrets are none of its business: nobody may pass one. May be used by several threads.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "engine/base/clock.h"

namespace vfstock::serve {

enum class Level { error, warning, notice, info, debug };
std::string_view name(Level level) noexcept;

class Log {
 public:
  enum class Format { logfmt, json };
  struct Settings {
    Format format = Format::logfmt;
    Level most = Level::info;  // what is less important is not said
    bool journald = false;     // each line begins with "<N>", the priority, and bears no time
  };
  using Field = std::pair<std::string_view, std::variant<std::int64_t, std::string>>;

  Log(std::ostream& stream, const Clock& clock, Settings settings)
      : stream_(stream), clock_(clock), settings_(settings) {}

  /// `event`: "sweep", "event.refused", ... in lower case with dots.
  void say(Level level, std::string_view event, std::initializer_list<Field> fields = {});
  /// From the next line on.
  void use(const Settings& settings);

 private:
  Settings settings() {
    const std::lock_guard lock(settings_mutex_);
    return settings_;
  }

  std::mutex mutex_;  // over the stream, which may block
  std::ostream& stream_;
  const Clock& clock_;
  std::mutex settings_mutex_;
  Settings settings_;
};

/// A line without its end, as say() writes it: "level=info event=sweep total=3". For tests and
/// say().
std::string line_of(Log::Format format, const std::string& time, Level level,
                    std::string_view event, std::initializer_list<Log::Field> fields);

/// "2026-11-30T20:16:07.123Z"
std::string utc_text(WallTime time);

}  // namespace vfstock::serve
