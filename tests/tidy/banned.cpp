#include "tests/tidy/banned.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <string_view>

namespace vfstock::tidy {
namespace {

struct Ban {
  std::vector<std::string_view> names;  // whole identifiers, qualified or with "(" where needed
  std::string_view instead;
  std::vector<std::string_view> exempt;  // files and folders
  std::string_view only_in = {};         // a folder; everywhere when empty
};

const std::vector<Ban>& bans() {
  static const std::vector<Ban> list{
      {{"system_clock::now", "steady_clock::now", "high_resolution_clock", "clock_gettime",
        "gettimeofday", "std::time", "time(nullptr)", "time(NULL)", "time(0)", "localtime",
        "localtime_r"},
       "take the time from the Clock port (engine/base/clock.h)",
       {"engine/http/monotonic_time.h", "engine/live/", "mockpanel/wire/", "sim/cli/",
        "tests/bench/", "tests/integration/"}},
      {{"sleep_for", "sleep_until", "usleep", "nanosleep", "sleep("},
       "nothing waits here: say when you next want to run; in tests move a virtual clock",
       {"engine/live/", "mockpanel/wire/", "sim/cli/"}},
      {{"uniform_int_distribution",
        "uniform_real_distribution",
        "bernoulli_distribution",
        "binomial_distribution",
        "geometric_distribution",
        "negative_binomial_distribution",
        "poisson_distribution",
        "exponential_distribution",
        "gamma_distribution",
        "weibull_distribution",
        "extreme_value_distribution",
        "normal_distribution",
        "lognormal_distribution",
        "chi_squared_distribution",
        "cauchy_distribution",
        "fisher_f_distribution",
        "student_t_distribution",
        "discrete_distribution",
        "piecewise_constant_distribution",
        "piecewise_linear_distribution"},
       "standard distributions differ between libraries; write the arithmetic out",
       {}},
      {{"std::rand", "rand(", "srand(", "random_device", "std::shuffle"},
       "chance comes from a seed that the caller gives and prints",
       {}},
      {{"std::thread", "std::jthread", "std::async"},
       "the engine starts no thread; its caller drives it",
       {"engine/live/serve/"},
       "engine/"},
      {{"unordered_map", "unordered_set", "unordered_multimap", "unordered_multiset"},
       "its order shows in results; use std::map, std::set or a sorted vector",
       {}},
      {{"std::regex"},
       "std::regex recurses once per character; write a small parser",
       {"sim/document/"}},
      {{"getenv", "secure_getenv"},
       "only the top of a program sees the environment; pass the value in",
       {"sim/cli/", "tests/integration/serve/"}},
  };
  return list;
}

bool is_identifier_character(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

// `name` stands in `line` as a word of its own, not as part of a longer identifier or as a member.
bool mentions(std::string_view line, std::string_view name) {
  for (auto at = line.find(name); at != std::string_view::npos; at = line.find(name, at + 1)) {
    const auto end = at + name.size();
    const bool begins = at == 0 || (!is_identifier_character(line[at - 1]) && line[at - 1] != '.' &&
                                    !line.substr(0, at).ends_with("->"));
    const bool ends = end == line.size() || !is_identifier_character(line[end]) ||
                      !is_identifier_character(name.back());
    if (begins && ends) return true;
  }
  return false;
}

bool is_exempt(const Ban& ban, const std::string& path) {
  if (!path.starts_with(ban.only_in)) return true;
  return std::any_of(ban.exempt.begin(), ban.exempt.end(),
                     [&path](std::string_view place) { return path.starts_with(place); });
}

}  // namespace

Findings check_banned(const SourceFile& file) {
  Findings findings;
  for (const Ban& ban : bans()) {
    if (is_exempt(ban, file.path)) continue;
    for (std::size_t index = 0; index < file.code.size(); ++index) {
      const auto found =
          std::find_if(ban.names.begin(), ban.names.end(),
                       [&](std::string_view name) { return mentions(file.code[index], name); });
      if (found == ban.names.end()) continue;
      findings.push_back(
          {file.path, index + 1, "banned", std::string(*found) + ": " + std::string(ban.instead)});
    }
  }
  return findings;
}

std::vector<std::string> exempted_places() {
  std::vector<std::string> places;
  for (const Ban& ban : bans()) places.insert(places.end(), ban.exempt.begin(), ban.exempt.end());
  return places;
}

}  // namespace vfstock::tidy
