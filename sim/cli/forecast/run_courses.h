// Runs a plan and its what-ifs side by side, until enough is known.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/program_options.hpp>

#include "sim/cli/forecast/courses.h"
#include "sim/cli/program.h"
#include "sim/forecast/figures.h"

namespace vfstock::sim::cli {

/// How narrow half of a 95 % interval is to be; 0: not asked for.
struct Precision {
  double days = 0;    // of every median sell-out day
  double points = 0;  // of every fill rate, as a share
};

/// --precision; nothing without it. Throws UsageError.
std::optional<Precision> precision_from(const boost::program_options::variables_map& values);

/// Unknown is never precise: a median counts as known when its whole interval lies within the
/// horizon and is narrow, or when all of it lies beyond the horizon.
bool is_precise(const forecast::Forecast& known, const Precision& precision);

using Courses = std::vector<std::unique_ptr<Course>>;

/// Runs every course, the plan first, all with the same customers; false when it was interrupted.
bool run_courses(Courses& courses, const boost::program_options::variables_map& values,
                 const Invocation& invocation);

}  // namespace vfstock::sim::cli
