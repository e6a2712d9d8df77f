#include "tests/integration/serve/serving_program.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vfstock::serve {
namespace {

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// The program as it was built, or one with a planted bug.
std::string program() {
  const char* const other = std::getenv("VFSTOCK_SERVED_PROGRAM");
  return other == nullptr ? VFSTOCK_PROGRAM : other;
}

std::string line_from(int descriptor) {
  std::string line;
  for (char c = 0; ::read(descriptor, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

}  // namespace

void wait_until(const std::function<bool()>& holds, const std::string& what) {
  constexpr int looks_max = 6000;
  for (int i = 0; i < looks_max; ++i) {
    if (holds()) return;
    ::poll(nullptr, 0, 10);
  }
  FAIL() << "it never came to this: " << what;
}

ServingProgram::ServingProgram(std::vector<std::string> options,
                               std::map<std::string, std::string> variables, std::string log)
    : log_(std::move(log)) {
  std::vector<std::string> words{program(), "serve", "--listen", "127.0.0.1:0"};
  words.insert(words.end(), options.begin(), options.end());
  std::vector<std::string> environment;
  for (const auto& [name, value] : variables) {
    environment.push_back(std::string(name).append("=").append(value));
  }
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log_.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  const int error = ::posix_spawn(&process_, words.front().c_str(), &actions, nullptr,
                                  pointers_to(words).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  const std::string listening = error == 0 ? line_from(ends[0]) : "";
  ::close(ends[0]);
  const std::size_t colon = listening.rfind(':');
  if (colon == std::string::npos) {
    if (error == 0) wait();
    throw std::runtime_error("the daemon does not listen: " + this->log());
  }
  port_ = std::stoi(listening.substr(colon + 1));
}

ServingProgram::~ServingProgram() {
  if (process_ > 0) end(SIGKILL);
}

httplib::Client ServingProgram::client() const {
  httplib::Client client("127.0.0.1", port_);
  client.set_read_timeout(60, 0);
  return client;
}

std::string ServingProgram::get(const std::string& path) const {
  const auto answer = client().Get(path.c_str());
  return answer ? answer->body : std::string();
}

nlohmann::json ServingProgram::json(const std::string& path) const {
  return nlohmann::json::parse(get(path), nullptr, false);
}

int ServingProgram::status(const std::string& path) const {
  const auto answer = client().Get(path.c_str());
  return answer ? answer->status : 0;
}

double ServingProgram::metric(const std::string& name) const {
  const std::string text = "\n" + get("/metrics");
  const std::size_t at = text.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
}

std::string ServingProgram::log() const {
  std::ifstream stream(log_);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void ServingProgram::wait_until_it_looked() const {
  wait_until(
      [this] {
        return status("/readyz") == 200 && metric("vfstock_sweep_duration_seconds_count") >= 1;
      },
      "the look at the start");
}

void ServingProgram::signal(int number) const { ::kill(process_, number); }

int ServingProgram::wait() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace vfstock::serve
