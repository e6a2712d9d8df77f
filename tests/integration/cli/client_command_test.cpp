// A judged client is a command of somebody else's: what it leaves behind ends with it.
#include "sim/cli/client_command.h"

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <signal.h>

namespace vfstock::sim::cli {
namespace {

/// A script that stays for ever; once it does, `file` holds its process id.
std::string script_that_stays(const std::string& file) {
  const std::string script = file + ".sh";
  std::ofstream(script) << "echo $$ > " << file << ".new\nmv " << file << ".new " << file
                        << "\nexec tail -f /dev/null\n";
  return script;
}

/// Starts `background` and ends once the script does what it does.
CommandResult run_until_it_is_there(const std::string& background, const std::string& file) {
  std::filesystem::remove(file);
  return run_command(
      background + " > /dev/null 2>&1 & while ! [ -e " + file + " ]; do :; done; cat " + file,
      {{"PATH", "/usr/bin:/bin"}}, std::chrono::minutes(1));
}

bool is_gone(const CommandResult& result) {
  const auto process = static_cast<pid_t>(std::stol(result.output));
  return ::kill(process, 0) == -1 && errno == ESRCH;
}

TEST(ClientCommand, EndsWhatStaysInItsProcessGroup) {
  const std::string file = ::testing::TempDir() + "client-command-group";
  const CommandResult result = run_until_it_is_there("sh " + script_that_stays(file), file);
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(is_gone(result));
}

TEST(ClientCommand, EndsWhatMovesIntoASessionOfItsOwn) {
  const std::string file = ::testing::TempDir() + "client-command-session";
  const CommandResult result = run_until_it_is_there("setsid sh " + script_that_stays(file), file);
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(is_gone(result));
}

TEST(ClientCommand, EndsWhatABackgroundProcessStartedInItsTurn) {
  const std::string file = ::testing::TempDir() + "client-command-grandchild";
  const CommandResult result =
      run_until_it_is_there("setsid sh -c 'setsid sh " + script_that_stays(file) + "; :'", file);
  EXPECT_EQ(result.status, 0);
  EXPECT_TRUE(is_gone(result));
}

}  // namespace
}  // namespace vfstock::sim::cli
