// The program itself as other people's CI runs it: `vfstock panel` in a process of its own.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include <httplib.h>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vfstock::sim::cli {

/// `vfstock panel --json ...` from its first line of output to its end.
class PanelProgram {
 public:
  explicit PanelProgram(std::vector<std::string> more = {},
                        std::vector<std::string> what = {"--json", VFSTOCK_FLEET}) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    int talk[2];
    if (pipe(talk) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_adddup2(&actions, talk[1], STDERR_FILENO);
    posix_spawn_file_actions_addclose(&actions, talk[0]);
    std::vector<std::string> words = {VFSTOCK_PROGRAM, "panel"};
    words.insert(words.end(), what.begin(), what.end());
    words.insert(words.end(), more.begin(), more.end());
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    if (posix_spawn(&process_, VFSTOCK_PROGRAM, &actions, nullptr, arguments.data(), environ) !=
        0) {
      throw std::runtime_error("the program does not start");
    }
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    close(talk[1]);
    talk_ = talk[0];
    where_ = nlohmann::json::parse(next_line(ends[0]));
    close(ends[0]);
  }
  ~PanelProgram() {
    if (process_ > 0) end(SIGKILL);
    close(talk_);
  }
  PanelProgram(const PanelProgram&) = delete;
  PanelProgram& operator=(const PanelProgram&) = delete;

  const nlohmann::json& where() const { return where_; }
  httplib::Client panel() const { return httplib::Client("127.0.0.1", where_["port"].get<int>()); }
  httplib::Client control() const {
    return httplib::Client("127.0.0.1", where_["control_port"].get<int>());
  }

  /// The next line on its error output, as soon as there is one.
  std::string next_talk() const { return next_line(talk_); }

  /// Sends the signal and waits; the exit status, or minus the signal that killed it.
  int end(int signal) {
    kill(process_, signal);
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  static std::string next_line(int descriptor) {
    std::string line;
    for (char c = 0; read(descriptor, &c, 1) == 1 && c != '\n';) line += c;
    return line;
  }

  pid_t process_ = -1;
  int talk_ = -1;
  nlohmann::json where_;
};

}  // namespace vfstock::sim::cli
