// A program that goes on in the background once it has said what its caller needs to know.
#pragma once

#include <functional>
#include <string>

#include "sim/cli/program.h"

namespace vfstock::sim::cli {

/// Runs `work` in a process of its own. Until it calls the function that it is given, with a text,
/// it shares this process's error output; from then on it has no terminal, no input and no output.
/// Returns here as soon as the text is there, which is printed on `invocation.out`, with
/// Status::good; or with the status of `work` where it ended before. To be called before the
/// process has any thread.
int detached(const Invocation& invocation,
             const std::function<int(std::function<void(const std::string&)>)>& work);

}  // namespace vfstock::sim::cli
