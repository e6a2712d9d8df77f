#include "sim/cli/forecast/courses.h"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "sim/cli/options.h"
#include "sim/document/document.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using forecast::Plan;

std::atomic<bool> Interrupts::flag{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

std::unique_ptr<Course> course_of(Plan plan, const po::variables_map& values,
                                  const std::string& label) {
  if (values.contains("seed")) plan.seed = values["seed"].as<std::uint64_t>();
  if (values.contains("stock")) {
    const std::string mode =
        one_of("stock", values["stock"].as<std::string>(), {"engine", "ideal"});
    plan.mode = mode == "ideal" ? forecast::StockMode::ideal : forecast::StockMode::engine;
  }
  try {
    return std::make_unique<Course>(std::move(plan));
  } catch (const std::invalid_argument& error) {
    throw document::DocumentError(label + ": " + error.what());
  }
}

int threads_from(const po::variables_map& values) {
  if (!values.contains("threads")) {
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  }
  const int threads = values["threads"].as<int>();
  if (threads < 1 || threads > 1024) throw UsageError("--threads: expected 1 to 1024");
  return threads;
}

std::int64_t replicates_from(const po::variables_map& values, const Plan& plan) {
  if (!values.contains("replicates")) return plan.replicates;
  const auto replicates = values["replicates"].as<std::int64_t>();
  if (replicates < 2 || replicates > 10'000'000) {
    throw UsageError("--replicates: expected 2 to 10000000");
  }
  return replicates;
}

}  // namespace vfstock::sim::cli
