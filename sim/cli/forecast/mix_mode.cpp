#include "sim/cli/forecast/mix_mode.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include <fmt/format.h>

#include "mockpanel/model/duration.h"
#include "sim/cli/forecast/courses.h"
#include "sim/cli/forecast/output_files.h"
#include "sim/cli/forecast/words.h"
#include "sim/cli/options.h"
#include "sim/document/document.h"
#include "sim/forecast/figures.h"
#include "sim/forecast/mix.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using document::Json;
using forecast::Estimate;
using forecast::MixFit;
using forecast::MixQuestion;
using forecast::Plan;

namespace {

[[noreturn]] void refuse_mix(const std::string& text) {
  throw UsageError("--mix: expected products and weights such as 1=40,2=60, found '" + text + "'");
}

template <class Number>
Number number_from(const std::string& text, const std::string& whole) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) refuse_mix(whole);
  return number;
}

MixQuestion mix_from(const std::string& text, const Plan& plan) {
  MixQuestion mix;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, ',');) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) refuse_mix(text);
    const catalogue::ProductId id{number_from<std::int64_t>(part.substr(0, equals), text)};
    const auto weight = number_from<double>(part.substr(equals + 1), text);
    if (!(weight > 0 && weight < 1e9)) refuse_mix(text);
    const auto& rows = plan.shop.products;
    if (std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; })) {
      throw UsageError(fmt::format("--mix: the plan has no product {}", id.value));
    }
    for (const auto& known : mix.products) {
      if (known.what == id) throw UsageError(fmt::format("--mix: product {} twice", id.value));
    }
    mix.products.push_back({id, weight});
  }
  if (mix.products.empty()) refuse_mix(text);
  return mix;
}

/// --on: a time from the plan's beginning, or a date where the plan has a calendar.
forecast::Time moment_of(const po::variables_map& values, const Plan& plan) {
  if (!values.contains("on")) return 0;
  const std::string& text = values["on"].as<std::string>();
  std::optional<forecast::Time> at;
  if (const auto duration = mockpanel::model::duration_from(text)) {
    at = duration->count();
  } else if (const auto date = forecast::calendar_moment(text)) {
    if (!plan.begins) throw UsageError("--on: a date needs the plan's first day (--begins)");
    at = std::chrono::milliseconds{*date - *plan.begins}.count();
  }
  if (!at) throw UsageError("--on: expected a time such as 30d or a date, found '" + text + "'");
  if (*at <= 0 || *at > plan.horizon) throw UsageError("--on: is not within the plan's horizon");
  return *at;
}

std::string product_name(const Plan& plan, catalogue::ProductId id) {
  for (const auto& row : plan.shop.products) {
    if (row.id == id) return fmt::format("{} (product {})", row.name, id.value);
  }
  return {};
}

void print_fit(const Plan& plan, const MixFit& fit, std::ostream& out) {
  out << fmt::format("now: {} VPSes fit together{}\n", fit.total,
                     fit.total >= forecast::mix_max ? ", or more" : "");
  for (std::size_t i = 0; i < fit.together.size(); ++i) {
    const std::string alone = fit.alone[i] < 0 ? "any number" : std::to_string(fit.alone[i]);
    out << fmt::format("  {}: {} of them; alone {} would fit\n",
                       product_name(plan, plan.mix->products[i].what), fit.together[i], alone);
  }
  if (fit.stopped_by >= 0) {
    const auto stopped = static_cast<std::size_t>(fit.stopped_by);
    out << "  the next " << product_name(plan, plan.mix->products[stopped].what)
        << " finds no place";
    if (fit.dimension >= 0) {
      out << ": " << forecast::dimension_names[static_cast<std::size_t>(fit.dimension)] << " binds";
    }
    out << "\n";
  }
}

Json json_of(const Plan& plan, const MixFit& fit) {
  Json json{{"total", fit.total}, {"products", Json::array()}};
  for (std::size_t i = 0; i < fit.together.size(); ++i) {
    json["products"].push_back(
        {{"id", plan.mix->products[i].what.value},
         {"together", fit.together[i]},
         {"alone", fit.alone[i] < 0 ? Json("unlimited") : Json(fit.alone[i])}});
  }
  return json;
}

std::array<Estimate, 3> later_of(const Course& course) {
  std::vector<double> totals;
  for (const forecast::Outcome& outcome : course.outcomes) {
    totals.push_back(static_cast<double>(outcome.mix));
  }
  std::sort(totals.begin(), totals.end());
  std::array<Estimate, 3> quantiles;
  for (std::size_t i = 0; i < quantiles.size(); ++i) {
    quantiles[i] = forecast::quantile_of(totals, forecast::sell_out_quantiles[i]);
  }
  return quantiles;
}

/// The plan and its what-ifs, each with the question.
std::vector<std::pair<std::string, Plan>> plans_of(const po::variables_map& values,
                                                   const forecast::PlanDocument& document) {
  std::vector<std::pair<std::string, Plan>> plans;
  plans.emplace_back("as planned", forecast::read_plan(document));
  for (const auto& what_if : document.what_ifs) {
    plans.emplace_back(what_if.name, forecast::read_plan(document, what_if));
  }
  for (auto& [name, plan] : plans) {
    plan.mix = mix_from(values["mix"].as<std::string>(), plan);
    plan.mix->at = moment_of(values, plan);
    if (plan.mix->at > 0) plan.horizon = plan.mix->at;  // nothing later matters
    plan.warm_up = std::min(plan.warm_up, plan.horizon - 1);
  }
  return plans;
}

}  // namespace

int answer_mix(const po::variables_map& values, const forecast::PlanDocument& document,
               const Invocation& invocation) {
  for (const char* const option : {"precision", "html", "csv"}) {
    if (values.contains(option)) {
      throw UsageError(fmt::format("--mix and --{}: expected one of them", option));
    }
  }
  const Interrupts interrupts;
  forecast::StudyOptions options;
  options.threads = threads_from(values);
  options.interrupted = &Interrupts::happened();
  Json json{{"format", 1}, {"plans", Json::array()}};
  std::ostringstream out;
  for (auto& [name, plan] : plans_of(values, document)) {
    const auto course = course_of(plan, values, document.file.string() + " (" + name + ")");
    const MixFit now = fitting_mix(course->scene, course->scene.fleet, course->scene.offers);
    Json row{{"name", name}, {"now", json_of(course->plan, now)}};
    out << name << ", ";
    print_fit(course->plan, now, out);
    if (course->plan.mix->at > 0) {
      const std::int64_t replicates = replicates_from(values, course->plan);
      if (!forecast::run_replicates(course->scene, course->outcomes, replicates, options)) {
        invocation.err << "vfstock forecast: interrupted before the answer was known\n";
        return interrupted_status;
      }
      const auto later = later_of(*course);
      const double when = static_cast<double>(course->plan.mix->at) / forecast::day_ms;
      out << fmt::format(
          "  on {}: half of the {} runs have room for at least {:.0f}, nine in ten for at least "
          "{:.0f}, one in ten for at least {:.0f}\n",
          day(when, course->plan.begins), replicates, later[1].value, later[0].value,
          later[2].value);
      row["then"] = {{"day", when},
                     {"replicates", replicates},
                     {"p10", later[0].value},
                     {"p50", later[1].value},
                     {"p90", later[2].value}};
    }
    json["plans"].push_back(std::move(row));
  }
  invocation.out << (values["json"].as<bool>() ? json.dump() + "\n" : report::clean(out.str()));
  return Status::good;
}

}  // namespace vfstock::sim::cli
