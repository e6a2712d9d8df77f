// Lines of the log: found by name, and impossible to forge.
#include "engine/live/serve/log.h"

#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/unit/serve/still_clock.h"

namespace vfstock::serve {
namespace {

using Format = Log::Format;

TEST(LogLine, IsLogfmt) {
  EXPECT_EQ(line_of(Format::logfmt, "T", Level::info, "sweep", {{"total", 3}, {"why", "as it is"}}),
            "time=T level=info event=sweep total=3 why=\"as it is\"");
}

TEST(LogLine, CannotBeForged) {
  const std::string evil = "x\nlevel=error event=lie \x1b[31m\x9b\xff \"";
  for (const Format format : {Format::logfmt, Format::json}) {
    const std::string line = line_of(format, "", Level::info, "e", {{"text", evil}});
    for (const char c : line) {
      EXPECT_TRUE(c >= ' ' && c < '\x7f') << line;
    }
  }
  EXPECT_EQ(line_of(Format::logfmt, "", Level::info, "e", {{"text", std::string()}}),
            "level=info event=e text=\"\"");
}

TEST(LogLine, IsJsonThatCanBeRead) {
  const auto line = nlohmann::json::parse(
      line_of(Format::json, "T", Level::warning, "sweep", {{"total", 3}, {"text", "a \"b\""}}));
  EXPECT_EQ(line["level"], "warning");
  EXPECT_EQ(line["total"], 3);
  EXPECT_EQ(line["text"], "a \"b\"");
}

TEST(LogStream, LeavesOutWhatIsLessImportant) {
  std::ostringstream stream;
  const StillClock clock;
  Log log(stream, clock, {.format = Format::logfmt, .most = Level::notice, .journald = false});
  log.say(Level::info, "quiet");
  log.say(Level::notice, "loud");
  EXPECT_EQ(stream.str(), "time=2023-11-14T22:13:20.000Z level=notice event=loud\n");
}

TEST(LogStream, TellsTheJournalItsPriority) {
  std::ostringstream stream;
  const StillClock clock;
  Log log(stream, clock, {.format = Format::logfmt, .most = Level::debug, .journald = true});
  log.say(Level::error, "bad");
  log.say(Level::debug, "small");
  EXPECT_EQ(stream.str(), "<3>level=error event=bad\n<7>level=debug event=small\n");
}

}  // namespace
}  // namespace vfstock::serve
