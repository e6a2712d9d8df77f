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

bool others_notice(std::uint64_t call) {
  constexpr std::array<std::uint64_t, 14> steps{
      SYS_write,   SYS_pwrite64, SYS_writev,    SYS_pwritev,   SYS_sendto,
      SYS_sendmsg, SYS_fsync,    SYS_fdatasync, SYS_ftruncate, SYS_unlink,
      SYS_rename,  SYS_unlinkat, SYS_renameat,  SYS_shutdown};
  return std::find(steps.begin(), steps.end(), call) != steps.end();
}

/// Whether the process stands before a step.
bool stands_before_step(pid_t process) {
  __ptrace_syscall_info call{};
  if (ptrace(PTRACE_GET_SYSCALL_INFO, process, sizeof(call), &call) < 0) {
    throw std::runtime_error("the system does not tell which call a traced process makes");
  }
  return call.op == PTRACE_SYSCALL_INFO_ENTRY && others_notice(call.entry.nr);
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
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0) {
      execve(argument_list[0], argument_list.data(), variable_list.data());
    }
    _exit(127);
  }
  return process;
}

/// Waits until the process stops or ends; what waitpid() tells.
int next_stop(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, __WALL) < 0) {
    if (errno != EINTR) throw std::runtime_error("the traced process is lost");
  }
  return status;
}

}  // namespace

TracedEnd run_until_step(int step, const std::vector<std::string>& words,
                         const std::vector<std::string>& environment) {
  const pid_t process = start_traced(words, environment);
  int status = next_stop(process);
  if (!WIFSTOPPED(status)) throw std::runtime_error("the system lets no process be traced");
  ptrace(PTRACE_SETOPTIONS, process, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  int taken = 0, signal = 0;
  for (;;) {
    ptrace(PTRACE_SYSCALL, process, nullptr, signal);
    status = next_stop(process);
    if (WIFEXITED(status)) return {.killed = false, .status = WEXITSTATUS(status)};
    if (WIFSIGNALED(status)) return {};
    const bool at_call = WSTOPSIG(status) == system_call_stop;
    signal = at_call ? 0 : WSTOPSIG(status);
    if (!at_call || !stands_before_step(process) || ++taken < step) continue;
    kill(process, SIGKILL);
    while (!WIFSIGNALED(next_stop(process))) {
    }
    return {.killed = true};
  }
}

}  // namespace vfstock::store
