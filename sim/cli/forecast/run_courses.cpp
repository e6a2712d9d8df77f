#include "sim/cli/forecast/run_courses.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "sim/cli/options.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

constexpr std::int64_t first_round = 100;

bool is_known_to(const forecast::Estimate& median, double days) {
  // All of the interval beyond the horizon is an answer too.
  if (std::isinf(median.low)) return true;
  return median.high - median.low <= 2 * days;
}

/// A line on a terminal that tells how far we are and how long it takes.
class Progress {
 public:
  Progress(const Invocation& invocation, std::int64_t all) : invocation_(invocation), all_(all) {}
  ~Progress() { erase(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(const std::string& what, std::int64_t runs, std::int64_t runs_before) {
    using namespace std::chrono;
    const auto now = steady_clock::now();
    if (!invocation_.progress || now - shown_ < milliseconds{200}) return;
    shown_ = now;
    const double share = static_cast<double>(runs_before + runs) / static_cast<double>(all_);
    const double spent = duration<double>(now - began_).count();
    constexpr int width = 30;
    const int full = static_cast<int>(share * width);
    invocation_.err << fmt::format("\r\033[K{} [{:=<{}}{:{}}] {:.0f} %, {:.0f} s left", what, "",
                                   full, "", width - full, 100 * share,
                                   share > 0 ? spent / share - spent : 0)
                    << std::flush;
    visible_ = true;
  }
  void erase() {
    if (visible_) invocation_.err << "\r\033[K" << std::flush;
    visible_ = false;
  }

 private:
  const Invocation& invocation_;
  std::int64_t all_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now(), shown_ = began_;
  bool visible_ = false;
};

}  // namespace

std::optional<Precision> precision_from(const po::variables_map& values) {
  if (!values.contains("precision")) return std::nullopt;
  const std::string& text = values["precision"].as<std::string>();
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [unit, error] = std::from_chars(text.data(), end, number);
  const std::string rest(unit, end);
  const bool is_number = error == std::errc() && std::isfinite(number) && number > 0;
  if (!is_number || (rest != "d" && rest != "%")) {
    throw UsageError("--precision: expected days such as 1d or percent such as 2%, found '" + text +
                     "'");
  }
  return rest == "d" ? Precision{number, 0} : Precision{0, number / 100};
}

bool is_precise(const forecast::Forecast& known, const Precision& precision) {
  for (const forecast::ProductFigures& product : known.products) {
    const forecast::Estimate& fill = product.figures.fill_rate;
    if (precision.days > 0 && !is_known_to(product.sell_out.quantiles[1], precision.days)) {
      return false;
    }
    const bool is_wanted = product.figures.wanted.value > 0;
    if (precision.points > 0 && is_wanted && !(fill.high - fill.low <= 2 * precision.points)) {
      return false;
    }
  }
  return true;
}

bool run_courses(Courses& courses, const po::variables_map& values, const Invocation& invocation) {
  const std::int64_t all = replicates_from(values, courses.front()->plan);
  const std::optional<Precision> precision = precision_from(values);
  Progress progress(invocation, all * static_cast<std::int64_t>(courses.size()));
  forecast::StudyOptions options;
  options.threads = threads_from(values);
  options.interrupted = &Interrupts::happened();
  // Round by round over plan and what-ifs, so that an interrupt leaves something to compare.
  for (std::int64_t round = std::min(first_round, all);; round = std::min(2 * round, all)) {
    for (const auto& course : courses) {
      std::int64_t elsewhere = 0;
      for (const auto& other : courses) {
        if (other != course) elsewhere += static_cast<std::int64_t>(other->outcomes.size());
      }
      options.progress = [&, elsewhere](std::int64_t runs) {
        progress.show(course->plan.name, runs, elsewhere);
      };
      if (!forecast::run_replicates(course->scene, course->outcomes, round, options)) return false;
    }
    if (round == all) return true;
    const Course& plan = *courses.front();
    if (precision && is_precise(forecast::forecast_of(plan.scene, plan.outcomes), *precision)) {
      return true;
    }
  }
}

}  // namespace vfstock::sim::cli
