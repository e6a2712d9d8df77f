// The command line as a function: arguments, environment and streams in, exit status out.
//
// Only main() touches the process; everything below it can be run inside a test.
#pragma once

#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace vfstock::sim::cli {

/// What a verb is given. Data goes to `out`, talk to `err`.
struct Invocation {
  std::vector<std::string>
      arguments;  // after the program's name (and, for a verb, after the verb's)
  std::map<std::string, std::string> environment;
  std::ostream& out;
  std::ostream& err;
  bool colours = false;   // the reader is a terminal and has not asked for plain text
  bool progress = false;  // the talk goes to a terminal
};

/// Exit statuses, the same for every verb but `status`, which answers as monitoring plugins do.
enum Status : int {
  good = 0,
  bad_answer = 1,      // a scenario failed, an invariant is violated
  usage = 2,           // wrong usage or unreadable input
  outside_failed = 3,  // a lookup is Unavailable, the store cannot be reached
  held = 4,            // held by the brake, or a mass fall that was let through
  changed = 5,         // with --exit-code: something was or would be written
};

/// Runs `vfstock ARGUMENTS...`.
int run(const Invocation& invocation);

}  // namespace vfstock::sim::cli
