#include "mockpanel/faults/route_check.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <vector>

#include "mockpanel/api/routes.h"

namespace vfstock::mockpanel::faults {
namespace {

/// A pattern as a row of steps. A run may be empty.
struct Step {
  enum class Kind { letter, digit, digit_run, segment_letter, segment_run, run };
  Kind kind;
  char letter = 0;  // of Kind::letter
  bool repeats() const {
    return kind == Kind::digit_run || kind == Kind::segment_run || kind == Kind::run;
  }
  bool is_digits() const { return kind == Kind::digit || kind == Kind::digit_run; }
};
using Steps = std::vector<Step>;

Steps steps_of_glob(std::string_view pattern) {
  Steps steps;
  while (!pattern.empty()) {
    const bool any = pattern.starts_with("**");
    const bool some = !any && pattern.front() == '*';
    steps.push_back(any    ? Step{Step::Kind::run}
                    : some ? Step{Step::Kind::segment_run}
                           : Step{Step::Kind::letter, pattern.front()});
    pattern.remove_prefix(any ? 2 : 1);
  }
  return steps;
}

/// The one variable of a route that is a word: "primary" or "secondary".
constexpr std::string_view word = "{interface}";

/// Every other variable, as "{id}", is a number: one digit or more.
Steps steps_of_route(std::string_view route) {
  Steps steps;
  while (!route.empty()) {
    const bool variable = route.front() == '{';
    if (variable && route.starts_with(word)) {
      steps.push_back({Step::Kind::segment_letter});
      steps.push_back({Step::Kind::segment_run});
    } else if (variable) {
      steps.push_back({Step::Kind::digit});
      steps.push_back({Step::Kind::digit_run});
    } else {
      steps.push_back({Step::Kind::letter, route.front()});
    }
    route.remove_prefix(variable ? std::min(route.size(), route.find('}') + 1) : 1);
  }
  return steps;
}

/// Whether one character can be both.
bool agree(const Step& a, const Step& b) {
  if (a.kind == Step::Kind::letter && b.kind == Step::Kind::letter) return a.letter == b.letter;
  if (a.kind != Step::Kind::letter && b.kind != Step::Kind::letter) return true;
  const Step& letter = a.kind == Step::Kind::letter ? a : b;
  const Step& other = a.kind == Step::Kind::letter ? b : a;
  if (other.is_digits()) return letter.letter >= '0' && letter.letter <= '9';
  return other.kind == Step::Kind::run || letter.letter != '/';
}

/// Whether some text is described by both: a walk over pairs of places.
bool meet(const Steps& a, const Steps& b) {
  const std::size_t width = b.size() + 1;
  std::vector<char> reached((a.size() + 1) * width, 0);
  std::vector<std::size_t> waiting{0};
  const auto reach = [&](std::size_t i, std::size_t j) {
    if (reached[i * width + j] != 0) return;
    reached[i * width + j] = 1;
    waiting.push_back(i * width + j);
  };
  reached[0] = 1;
  while (!waiting.empty()) {
    const std::size_t i = waiting.back() / width, j = waiting.back() % width;
    waiting.pop_back();
    if (i < a.size() && a[i].repeats()) reach(i + 1, j);
    if (j < b.size() && b[j].repeats()) reach(i, j + 1);
    if (i == a.size() || j == b.size() || !agree(a[i], b[j])) continue;
    reach(a[i].repeats() ? i : i + 1, b[j].repeats() ? j : j + 1);
  }
  return reached.back() != 0;
}

/// How many characters must be put in, taken out or replaced.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

/// "{id}" as people write it in a pattern.
std::string as_pattern(std::string_view route) {
  std::string pattern;
  while (!route.empty()) {
    const bool variable = route.front() == '{';
    pattern += variable ? '*' : route.front();
    route.remove_prefix(variable ? std::min(route.size(), route.find('}') + 1) : 1);
  }
  return pattern;
}

/// A path with as many parts is nearer than one that merely looks alike.
std::size_t distance(std::string_view pattern, std::string_view route) {
  const auto parts = [](std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    if (path.ends_with('/')) path.remove_suffix(1);
    return std::count(path.begin(), path.end(), '/');
  };
  const auto apart = static_cast<std::size_t>(std::abs(parts(pattern) - parts(route)));
  return edits(pattern, route) + 2 * apart;
}

}  // namespace

bool can_match_a_route(std::string_view pattern) {
  const Steps glob = steps_of_glob(pattern);
  const auto routes = api::routes();
  return std::any_of(routes.begin(), routes.end(), [&](const api::Route& route) {
    return meet(glob, steps_of_route(route.pattern));
  });
}

std::string nearest_route(std::string_view pattern) {
  const auto routes = api::routes();
  const auto nearest =
      std::min_element(routes.begin(), routes.end(), [&](const api::Route& a, const api::Route& b) {
        return distance(pattern, as_pattern(a.pattern)) < distance(pattern, as_pattern(b.pattern));
      });
  return std::string(nearest->pattern);
}

}  // namespace vfstock::mockpanel::faults
