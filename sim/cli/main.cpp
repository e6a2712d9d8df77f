// The one place that touches the process: arguments, environment, terminals, locale, exceptions.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

#include <unistd.h>

#include "sim/cli/program.h"

namespace {

std::map<std::string, std::string> read_environment() {
  std::map<std::string, std::string> environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos) environment[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return environment;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto environment = read_environment();
    const bool plain = environment.contains("NO_COLOR") && !environment.at("NO_COLOR").empty();
    const vfstock::sim::cli::Invocation invocation{{argv + 1, argv + argc},
                                                   environment,
                                                   std::cout,
                                                   std::cerr,
                                                   isatty(STDOUT_FILENO) != 0 && !plain,
                                                   isatty(STDERR_FILENO) != 0};
    const int status = vfstock::sim::cli::run(invocation);
    std::cout.flush();
    if (!std::cout) {
      std::cerr << "vfstock: the output could not be written\n";
      return vfstock::sim::cli::Status::outside_failed;
    }
    return status;
  } catch (const std::exception& error) {
    std::cerr << "vfstock: " << error.what() << "\n";
    return vfstock::sim::cli::Status::outside_failed;
  }
}
