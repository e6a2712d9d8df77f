#include "sim/cli/detach.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vfstock::sim::cli {
namespace {

[[noreturn]] void cannot(const char* what) {
  throw std::runtime_error(std::string(what) + ": " + std::generic_category().message(errno));
}

void write_all(int descriptor, const std::string& text) {
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t count = ::write(descriptor, text.data() + sent, text.size() - sent);
    if (count < 0 && errno != EINTR) return;
    if (count > 0) sent += static_cast<std::size_t>(count);
  }
}

std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 4096> piece{};
  for (;;) {
    const ssize_t count = ::read(descriptor, piece.data(), piece.size());
    if (count == 0 || (count < 0 && errno != EINTR)) return text;
    if (count > 0) text.append(piece.data(), static_cast<std::size_t>(count));
  }
}

/// Lets go of what belongs to the caller.
void leave(int to_parent, const std::string& text) {
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    ::dup2(nothing, standard);
  }
  ::close(nothing);
  // Last, because the caller goes on with its end.
  write_all(to_parent, text);
  ::close(to_parent);
}

}  // namespace

int detached(const Invocation& invocation,
             const std::function<int(std::function<void(const std::string&)>)>& work) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) cannot("no pipe");
  invocation.out.flush();
  invocation.err.flush();
  const pid_t child = ::fork();
  if (child < 0) cannot("no process");
  if (child == 0) {
    ::close(ends[0]);
    ::setsid();
    const int status =
        work([to_parent = ends[1]](const std::string& text) { leave(to_parent, text); });
    invocation.err.flush();
    std::_Exit(status);
  }
  ::close(ends[1]);
  const std::string text = read_all(ends[0]);
  ::close(ends[0]);
  if (!text.empty()) {
    invocation.out << text << std::flush;
    return Status::good;
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : Status::outside_failed;
}

}  // namespace vfstock::sim::cli
