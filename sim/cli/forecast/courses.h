// Plans on their way: what runs, with the options that say how.
#pragma once

#include <atomic>
#include <csignal>
#include <cstdint>
#include <memory>
#include <string>

#include <boost/program_options.hpp>

#include "sim/forecast/scene.h"
#include "sim/forecast/study.h"

namespace vfstock::sim::cli {

inline constexpr int interrupted_status = 130;

/// Notes the first interrupt while it lives; the second one ends the program.
class Interrupts {
 public:
  Interrupts() {
    flag = false;
    struct sigaction action {};
    action.sa_handler = [](int) { flag = true; };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, &before_);
  }
  ~Interrupts() { sigaction(SIGINT, &before_, nullptr); }
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;
  static const std::atomic<bool>& happened() { return flag; }

 private:
  static std::atomic<bool> flag;
  struct sigaction before_ {};
};

/// A plan, what it looks like when it runs, and what has come of it.
struct Course {
  explicit Course(forecast::Plan given) : plan(std::move(given)), scene(plan) {}
  forecast::Plan plan;
  forecast::Scene scene;
  forecast::Outcomes outcomes;
};

/// Under the options --seed and --stock. Throws document::DocumentError that begins with `label`.
std::unique_ptr<Course> course_of(forecast::Plan plan,
                                  const boost::program_options::variables_map& values,
                                  const std::string& label);

/// --threads and --replicates, or what is used without them. Throws UsageError.
int threads_from(const boost::program_options::variables_map& values);
std::int64_t replicates_from(const boost::program_options::variables_map& values,
                             const forecast::Plan& plan);

}  // namespace vfstock::sim::cli
