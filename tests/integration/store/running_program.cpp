#include "tests/integration/store/running_program.h"

#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/integration/store/pointers.h"

namespace vfstock::store {

RunningProgram::RunningProgram(const std::vector<std::string>& words,
                               const std::vector<std::string>& environment, const std::string& said,
                               unsigned long file_bytes_max) {
  std::vector<std::string> arguments{VFSTOCK_PROGRAM};
  arguments.insert(arguments.end(), words.begin(), words.end());
  std::vector<std::string> variables = environment;
  const std::vector<char*> argument_list = pointers(arguments), variable_list = pointers(variables);
  const int talk = open(said.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  id_ = fork();
  if (id_ < 0 || talk < 0) throw std::runtime_error("no process");
  if (id_ == 0) {
    dup2(talk, STDOUT_FILENO);
    dup2(talk, STDERR_FILENO);
    if (file_bytes_max > 0) {
      // Without the signal a write beyond the limit fails as any other does.
      signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{file_bytes_max, file_bytes_max};
      setrlimit(RLIMIT_FSIZE, &limit);
    }
    execve(argument_list[0], argument_list.data(), variable_list.data());
    _exit(127);
  }
  close(talk);
}

RunningProgram::~RunningProgram() {
  if (id_ > 0) wait();
}

std::string RunningProgram::command_line(pid_t id) {
  std::ifstream stream("/proc/" + std::to_string(id) + "/cmdline", std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

int RunningProgram::wait() {
  int status = 0;
  waitpid(id_, &status, 0);
  id_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace vfstock::store
