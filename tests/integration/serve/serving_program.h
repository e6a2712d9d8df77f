// `vfstock serve` as a process of its own: started, talked to, waited for, killed.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <httplib.h>
#include <nlohmann/json.hpp>
#include <sys/types.h>

namespace vfstock::serve {

/// Looks again until it holds. Fails the test when it still does not after a minute: then something
/// hangs.
void wait_until(const std::function<bool()>& holds, const std::string& what);

class ServingProgram {
 public:
  /// Starts it with these options and variables, listening on a port that the kernel chooses, and
  /// waits until it listens. What it says goes to the file `log`. Throws where it does not come to
  /// listen.
  ServingProgram(std::vector<std::string> options, std::map<std::string, std::string> variables,
                 std::string log);
  ~ServingProgram();
  ServingProgram(const ServingProgram&) = delete;
  ServingProgram& operator=(const ServingProgram&) = delete;

  int port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  httplib::Client client() const;
  /// The body of an answer; empty where there is none.
  std::string get(const std::string& path) const;
  nlohmann::json json(const std::string& path) const;
  int status(const std::string& path) const;
  /// A metric's value by its name and labels as they are written; -1 where it is not there.
  double metric(const std::string& name) const;
  std::string log() const;
  /// Waits until it is ready and the look at its start is over.
  void wait_until_it_looked() const;

  void signal(int number) const;
  /// Waits for its end; the exit status, or minus the signal that killed it.
  int wait();
  int end(int number) {
    signal(number);
    return wait();
  }

 private:
  pid_t process_ = -1;
  int port_ = 0;
  std::string log_;
};

}  // namespace vfstock::serve
