#include "engine/live/serve/log.h"

#include <algorithm>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace vfstock::serve {
namespace {

constexpr std::size_t value_bytes_max = 2000;

int priority(Level level) {
  switch (level) {
    case Level::error:
      return 3;
    case Level::warning:
      return 4;
    case Level::notice:
      return 5;
    case Level::info:
      return 6;
    case Level::debug:
      return 7;
  }
  return 7;
}

bool is_plain(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '"' && c != '=' && c != '\\';
  });
}

/// As JSON writes text, in ASCII alone: what a terminal would act on becomes an escape.
std::string quoted(const std::string& text) {
  return nlohmann::json(text.substr(0, value_bytes_max))
      .dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

std::string value_text(const std::variant<std::int64_t, std::string>& value, bool always_quote) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  const auto& text = std::get<std::string>(value);
  return !always_quote && is_plain(text) ? text.substr(0, value_bytes_max) : quoted(text);
}

}  // namespace

std::string_view name(Level level) noexcept {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::notice:
      return "notice";
    case Level::info:
      return "info";
    case Level::debug:
      return "debug";
  }
  return "debug";
}

std::string utc_text(WallTime time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(seconds.time_since_epoch().count()),
                     (time - seconds).count());
}

std::string line_of(Log::Format format, const std::string& time, Level level,
                    std::string_view event, std::initializer_list<Log::Field> fields) {
  const bool json = format == Log::Format::json;
  std::string line = json ? "{" : "";
  const auto add = [&](std::string_view key, const std::string& value) {
    if (line.size() > (json ? 1U : 0U)) line += json ? "," : " ";
    line += json ? fmt::format("\"{}\":{}", key, value) : fmt::format("{}={}", key, value);
  };
  if (!time.empty()) add("time", value_text(time, json));
  add("level", value_text(std::string(name(level)), json));
  add("event", value_text(std::string(event), json));
  for (const auto& [key, value] : fields) add(key, value_text(value, json));
  return json ? line + "}" : line;
}

void Log::say(Level level, std::string_view event, std::initializer_list<Field> fields) {
  const Settings how = settings();
  if (level > how.most) return;
  const std::string time = how.journald ? "" : utc_text(clock_.wall());
  std::string line = line_of(how.format, time, level, event, fields) + "\n";
  if (how.journald) line = fmt::format("<{}>", priority(level)) + line;
  const std::lock_guard lock(mutex_);
  stream_.clear();  // a reader that went away may be back
  stream_ << line << std::flush;
}

void Log::use(const Settings& settings) {
  const std::lock_guard lock(settings_mutex_);
  settings_ = settings;
}

}  // namespace vfstock::serve
