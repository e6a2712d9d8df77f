#include "sim/cli/client_command.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vfstock::sim::cli {

namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t output_bytes_max = std::size_t{1024} * 1024;

/// posix_spawn's preparations: stdout into the pipe, nothing on stdin, a process group of its own
/// so that it can be killed with its children.
class Preparations {
 public:
  explicit Preparations(const std::array<int, 2>& ends) {
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  }
  ~Preparations() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  Preparations(const Preparations&) = delete;
  Preparations& operator=(const Preparations&) = delete;

  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
};

pid_t start(const std::string& command, const std::map<std::string, std::string>& environment,
            const std::array<int, 2>& ends) {
  std::vector<std::string> pairs;
  pairs.reserve(environment.size());
  for (const auto& [name, value] : environment) {
    pairs.push_back(std::string(name).append("=").append(value));
  }
  std::vector<char*> environment_words;
  environment_words.reserve(pairs.size() + 1);
  for (std::string& pair : pairs) environment_words.push_back(pair.data());
  environment_words.push_back(nullptr);
  std::array<std::string, 3> words{"sh", "-c", command};
  std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
  const Preparations preparations(ends);
  pid_t process = -1;
  const int error =
      posix_spawn(&process, "/bin/sh", &preparations.actions, &preparations.attributes,
                  arguments.data(), environment_words.data());
  if (error != 0) {
    throw std::runtime_error("/bin/sh cannot be started: " +
                             std::generic_category().message(error));
  }
  return process;
}

/// Reads until the command closes its stdout; false when that takes too long.
bool read_all(int descriptor, Steady::time_point deadline, std::string& output) {
  std::array<char, 65536> room{};
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now()).count();
    if (left <= 0) return false;
    pollfd entry{descriptor, POLLIN, 0};
    const int ready = ::poll(&entry, 1, static_cast<int>(left));
    if (ready == 0) return false;
    if (ready < 0) continue;
    const ssize_t got = ::read(descriptor, room.data(), room.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return true;
    output.append(room.data(),
                  std::min(static_cast<std::size_t>(got), output_bytes_max - output.size()));
  }
}

}  // namespace

CommandResult run_command(const std::string& command,
                          const std::map<std::string, std::string>& environment,
                          std::chrono::seconds patience) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe can be made");
  CommandResult result;
  pid_t process = -1;
  try {
    process = start(command, environment, ends);
  } catch (...) {
    ::close(ends[0]);
    ::close(ends[1]);
    throw;
  }
  ::close(ends[1]);
  result.timed_out = !read_all(ends[0], Steady::now() + patience, result.output);
  ::close(ends[0]);
  if (result.timed_out) ::kill(-process, SIGKILL);
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace vfstock::sim::cli
