#include "sim/cli/client_command.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
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

/// Whether the process has ended; it stays to be waited for.
bool has_ended(pid_t process) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == process;
}

/// Takes what is there to be read; false once the other side is closed.
bool read_some(int descriptor, std::string& output) {
  std::array<char, 65536> room{};
  const ssize_t got = ::read(descriptor, room.data(), room.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  output.append(room.data(),
                std::min(static_cast<std::size_t>(got), output_bytes_max - output.size()));
  return got > 0;
}

/// Reads until the command closes its stdout or has ended: a child that it leaves behind may hold
/// the pipe open for ever. False when that takes too long.
bool read_all(int descriptor, pid_t process, Steady::time_point deadline, std::string& output) {
  constexpr std::chrono::milliseconds look_again{20};
  // A pipe holds no more than this; what comes beyond it was written after the end.
  int reads_left = 16;
  for (bool ended = false; reads_left > 0;) {
    if (!ended && has_ended(process)) {
      ended = true;
      ::kill(-process, SIGKILL);
    }
    reads_left -= ended ? 1 : 0;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now());
    if (left.count() <= 0) return false;
    pollfd entry{descriptor, POLLIN, 0};
    const auto pause = ended ? std::chrono::milliseconds{0} : std::min(left, look_again);
    const int ready = ::poll(&entry, 1, static_cast<int>(pause.count()));
    if (ready > 0 && !read_some(descriptor, output)) return true;
    if (ready == 0 && ended) return true;
  }
  return true;
}

/// The children of this process, whoever started them.
std::vector<pid_t> children() {
  std::vector<pid_t> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    std::ifstream stat(entry.path() / "stat");
    std::string text;
    if (!std::getline(stat, text)) continue;
    // "PID (any name) STATE PARENT ..."
    std::istringstream behind_the_name(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    std::string state;
    pid_t parent = 0;
    if (behind_the_name >> state >> parent && parent == ::getpid()) {
      found.push_back(static_cast<pid_t>(std::stol(text)));
    }
  }
  return found;
}

/// While it lives, whoever loses its parent below this process becomes its child, however it went
/// into the background; at the end none of them is left.
class Descendants {
 public:
  Descendants() : before_(children()) { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }
  ~Descendants() {
    // Each that ends may leave further ones.
    constexpr int generations_max = 1000;
    for (int i = 0; i < generations_max && end_one_generation(); ++i) {
    }
    ::prctl(PR_SET_CHILD_SUBREAPER, 0);
  }
  Descendants(const Descendants&) = delete;
  Descendants& operator=(const Descendants&) = delete;

 private:
  bool end_one_generation() const {
    bool any = false;
    for (const pid_t child : children()) {
      if (std::find(before_.begin(), before_.end(), child) != before_.end()) continue;
      any = true;
      ::kill(child, SIGKILL);
      ::waitpid(child, nullptr, 0);
    }
    return any;
  }

  std::vector<pid_t> before_;  // somebody else's
};

}  // namespace

CommandResult run_command(const std::string& command,
                          const std::map<std::string, std::string>& environment,
                          std::chrono::milliseconds patience) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe can be made");
  CommandResult result;
  const Descendants descendants;
  pid_t process = -1;
  try {
    process = start(command, environment, ends);
  } catch (...) {
    ::close(ends[0]);
    ::close(ends[1]);
    throw;
  }
  ::close(ends[1]);
  const auto deadline = Steady::now() + patience;
  result.timed_out = !read_all(ends[0], process, deadline, result.output);
  ::close(ends[0]);
  // Whoever closes its stdout may still have an end to come to.
  while (!result.timed_out && !has_ended(process)) {
    result.timed_out = Steady::now() >= deadline;
    ::poll(nullptr, 0, 1);
  }
  ::kill(-process, SIGKILL);
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

std::string status_text(int status) {
  const std::string number = "status " + std::to_string(status);
  if (status == 126)
    return "could not be run (" + number + ": it is no program, or not executable)";
  if (status == 127) return "could not be run (" + number + ": there is no such command)";
  if (status <= 128) return "failed with " + number;
  const int signal = status - 128;
  const std::string hint = signal == SIGKILL ? ", perhaps for want of memory" : "";
  const char* const name = ::sigdescr_np(signal);
  return "was killed by signal " + std::to_string(signal) + " (" + number + ": " +
         (name == nullptr ? "unknown" : name) + hint + ")";
}

}  // namespace vfstock::sim::cli
