#include "sim/cli/known_settings.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <sstream>
#include <vector>

#include "engine/base/text.h"
#include "sim/cli/options.h"
#include "sim/cli/verb.h"
#include "sim/document/nearest.h"

namespace vfstock::sim::cli {
namespace {

constexpr std::string_view prefix = "VFSTOCK_";

/// What is no option: secrets, and what a judged client is given (it may be this program).
constexpr std::array<std::string_view, 9> other_variables{
    "VFSTOCK_TOKEN",   "VFSTOCK_SHOP_PASSWORD", "VFSTOCK_PANEL_URL",
    "VFSTOCK_FOLDER",  "VFSTOCK_PANEL_TOKEN",   "VFSTOCK_TRIGGER",
    "VFSTOCK_PRODUCT", "VFSTOCK_NOW",           "VFSTOCK_QTY"};

/// The verbs themselves say what they take.
std::vector<std::string> options_of(const Verb& verb) {
  std::ostringstream names, talk;
  (void)verb.run({{list_options}, {}, names, talk});
  std::istringstream lines(names.str());
  std::vector<std::string> options;
  for (std::string line; std::getline(lines, line);) options.push_back(line);
  return options;
}

std::set<std::string> known_variables() {
  std::set<std::string> known(other_variables.begin(), other_variables.end());
  for (const Verb& verb : verbs()) {
    for (const std::string& option : options_of(verb)) known.insert(variable_for(option));
  }
  return known;
}

}  // namespace

void refuse_unknown_key(const std::string& verb, const std::string& key, const std::string& file) {
  for (const Verb& one : verbs()) {
    if (one.name != verb) continue;
    const std::vector<std::string> known = options_of(one);
    if (std::find(known.begin(), known.end(), key) != known.end()) return;
    throw UsageError(file + ": [" + verb + "] " + key + ": unknown option" +
                     document::did_you_mean(key, known));
  }
}

std::string variable_for(const std::string& option) {
  std::string variable(prefix);
  for (const char c : option) {
    variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return variable;
}

void refuse_unknown_variables(const Invocation& invocation) {
  const auto first = invocation.environment.lower_bound(std::string(prefix));
  const auto is_ours = [](const std::string& name) { return name.starts_with(prefix); };
  if (first == invocation.environment.end() || !is_ours(first->first)) return;
  const std::set<std::string> known = known_variables();
  for (auto at = first; at != invocation.environment.end() && is_ours(at->first); ++at) {
    if (known.contains(at->first)) continue;
    const std::vector<std::string> names(known.begin(), known.end());
    throw UsageError("the environment's " + at->first + " sets nothing" +
                     document::did_you_mean(at->first, names));
  }
}

void refuse_unknown_sections(std::string_view text, const std::string& file) {
  std::vector<std::string> known;
  for (const Verb& verb : verbs()) known.emplace_back(verb.name);
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const std::string_view content = trimmed(std::string_view(line).substr(0, line.find('#')));
    if (!content.starts_with('[') || !content.ends_with(']')) continue;
    const std::string section(content.substr(1, content.size() - 2));
    if (std::find(known.begin(), known.end(), section) != known.end()) continue;
    throw UsageError(file + ": [" + section + "] is no verb" +
                     document::did_you_mean(section, known));
  }
}

}  // namespace vfstock::sim::cli
