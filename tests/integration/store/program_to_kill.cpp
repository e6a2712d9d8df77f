#include "tests/integration/store/program_to_kill.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>

#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/integration/store/pointers.h"

namespace vfstock::store {
namespace {

constexpr int system_call_stop = SIGTRAP | 0x80;  // as PTRACE_O_TRACESYSGOOD says
constexpr int not_traced = 125, not_started = 126;

bool opens_to_write(const __ptrace_syscall_info& call) {
  return call.entry.nr == SYS_openat && (call.entry.args[2] & (O_WRONLY | O_RDWR)) != 0;
}

bool others_notice(const __ptrace_syscall_info& call) {
  constexpr std::array<std::uint64_t, 17> steps{
      SYS_write,   SYS_pwrite64, SYS_writev,    SYS_pwritev,   SYS_pwritev2, SYS_sendto,
      SYS_sendmsg, SYS_sendmmsg, SYS_fsync,     SYS_fdatasync, SYS_unlink,   SYS_unlinkat,
      SYS_rename,  SYS_renameat, SYS_renameat2, SYS_ftruncate, SYS_shutdown};
  return opens_to_write(call) ||
         std::find(steps.begin(), steps.end(), call.entry.nr) != steps.end();
}

pid_t start_traced(const std::vector<std::string>& words,
                   const std::vector<std::string>& environment) {
  std::vector<std::string> arguments{VFSTOCK_PROGRAM};
  arguments.insert(arguments.end(), words.begin(), words.end());
  std::vector<std::string> variables = environment;
  const auto argument_list = pointers(arguments), variable_list = pointers(variables);
  const pid_t process = fork();
  if (process < 0) throw std::runtime_error("no process");
  if (process == 0) {
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(not_traced);
    execve(argument_list[0], argument_list.data(), variable_list.data());
    _exit(not_started);
  }
  return process;
}

/// A process under a tracer; gone, whatever happens, when this is.
class Traced {
 public:
  Traced(const std::vector<std::string>& words, const std::vector<std::string>& environment)
      : id_(start_traced(words, environment)) {
    wait();
    if (WIFEXITED(status_)) {
      throw std::runtime_error(WEXITSTATUS(status_) == not_traced
                                   ? "the system lets no process be traced"
                                   : "the program could not be started");
    }
    ptrace(PTRACE_SETOPTIONS, id_, nullptr,
           PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL);
  }
  ~Traced() {
    if (is_over()) return;
    kill(id_, SIGKILL);
    while (!is_over()) wait();
  }
  Traced(const Traced&) = delete;
  Traced& operator=(const Traced&) = delete;

  bool is_over() const { return WIFEXITED(status_) || WIFSIGNALED(status_); }
  int exit_status() const { return WIFEXITED(status_) ? WEXITSTATUS(status_) : -1; }

  /// Goes on to the next step, or to the end.
  void go_to_step() {
    do {
      const int stop = WSTOPSIG(status_);
      // The stops that tracing makes are no signals of the program's.
      const bool is_signal = stop != system_call_stop && stop != SIGTRAP && stop != SIGSTOP;
      ptrace(PTRACE_SYSCALL, id_, nullptr, is_signal ? stop : 0);
      wait();
    } while (!is_over() && !stands_before_step());
  }

 private:
  void wait() {
    while (waitpid(id_, &status_, __WALL) < 0) {
      if (errno != EINTR) throw std::runtime_error("the traced process is lost");
    }
  }
  bool stands_before_step() const {
    if (WSTOPSIG(status_) != system_call_stop) return false;
    __ptrace_syscall_info call{};
    if (ptrace(PTRACE_GET_SYSCALL_INFO, id_, sizeof(call), &call) < 0) {
      throw std::runtime_error("the system does not tell which call a traced process makes");
    }
    return call.op == PTRACE_SYSCALL_INFO_ENTRY && others_notice(call);
  }

  pid_t id_;
  int status_ = 0;
};

}  // namespace

TracedEnd run_until_step(int step, const std::vector<std::string>& words,
                         const std::vector<std::string>& environment) {
  Traced program(words, environment);
  for (int taken = 0; taken < step; ++taken) {
    program.go_to_step();
    if (program.is_over()) return {.killed = false, .status = program.exit_status()};
  }
  return {.killed = true};
}

}  // namespace vfstock::store
