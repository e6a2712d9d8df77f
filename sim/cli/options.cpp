#include "sim/cli/options.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <sstream>

#include "sim/cli/known_settings.h"
#include "sim/cli/live_options.h"
#include "sim/document/nearest.h"
#include "sim/document/read_bytes.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

std::vector<std::string> names_of(const po::options_description& all) {
  std::vector<std::string> names;
  for (const auto& option : all.options()) names.push_back(option->long_name());
  return names;
}

/// To overrule the brake is an act of one moment: what is set once would overrule it for ever.
void refuse_act(const std::string& option, const std::string& where) {
  if (option != "force") return;
  throw UsageError(where + ": --force is an act of the command line and cannot be set");
}

po::parsed_options from_environment(const po::options_description& named,
                                    const Invocation& invocation) {
  po::parsed_options parsed(&named);
  for (const auto& option : named.options()) {
    const auto found = invocation.environment.find(variable_for(option->long_name()));
    if (found == invocation.environment.end() || option->long_name() == "help") continue;
    refuse_act(option->long_name(), found->first);
    po::option value(option->long_name(), {found->second});
    value.original_tokens = {found->first};
    parsed.options.push_back(value);
  }
  return parsed;
}

/// What stands before the first section is for every verb that knows it.
void add_shared(po::option option, const std::string& file, const std::vector<std::string>& known,
                po::parsed_options& ours) {
  const std::vector<std::string>& shared = shared_option_names();
  if (std::find(shared.begin(), shared.end(), option.string_key) == shared.end()) {
    throw UsageError(file + ": " + option.string_key + ": stands in no section" +
                     document::did_you_mean(option.string_key, shared));
  }
  if (std::find(known.begin(), known.end(), option.string_key) == known.end()) return;
  option.unregistered = false;
  ours.options.push_back(option);
}

bool same_values(const std::vector<po::option>& one, const std::vector<po::option>& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](const auto& left, const auto& right) { return left.value == right.value; });
}

/// What describes the shop is the same for every verb, whichever section holds it; two sections
/// that contradict each other describe none.
void add_of_other_sections(const po::parsed_options& everything, const VerbOptions& options,
                           const std::string& file, std::set<std::string>& own,
                           po::parsed_options& ours) {
  const std::vector<std::string>& verbs = shop_verbs();
  const auto is_one_of = [](const std::vector<std::string>& all, const std::string& name) {
    return std::find(all.begin(), all.end(), name) != all.end();
  };
  if (!is_one_of(verbs, options.verb)) return;
  const std::vector<std::string> known = names_of(options.named);
  // By option, by section: an option may be repeated within one.
  std::map<std::string, std::map<std::string, std::vector<po::option>>> found;
  for (po::option option : everything.options) {
    const std::size_t dot = option.string_key.find('.');
    if (dot == std::string::npos || !is_one_of(verbs, option.string_key.substr(0, dot))) continue;
    const std::string section = option.string_key.substr(0, dot);
    option.string_key.erase(0, dot + 1);
    if (own.contains(option.string_key) || !is_one_of(shared_option_names(), option.string_key) ||
        !is_one_of(known, option.string_key)) {
      continue;
    }
    option.unregistered = false;
    found[option.string_key][section].push_back(option);
  }
  for (const auto& [name, sections] : found) {
    const std::vector<po::option>& set = sections.begin()->second;
    for (const auto& [section, others] : sections) {
      if (same_values(set, others)) continue;
      throw UsageError(file + ": " + name +
                       " is set differently in two sections; set it once, before the first");
    }
    own.insert(name);
    ours.options.insert(ours.options.end(), set.begin(), set.end());
  }
}

/// Keys of other verbs' sections are none of our business unless they describe the shop, as long as
/// those verbs know them.
po::parsed_options from_file(const std::string& file, const VerbOptions& options) {
  constexpr std::size_t bytes_max = std::size_t{1} << 20;
  const std::string text = document::read_bytes(file, bytes_max);
  refuse_unknown_sections(text, file);
  std::istringstream stream(text);
  const po::options_description none;
  po::parsed_options everything = po::parse_config_file(stream, none, true);
  po::parsed_options ours(&options.named);
  const std::string prefix = options.verb + ".";
  const std::vector<std::string> known = names_of(options.named);
  std::set<std::string> own;
  for (po::option option : everything.options) {
    if (!option.string_key.starts_with(prefix)) {
      const std::size_t dot = option.string_key.find('.');
      if (dot != std::string::npos) {
        refuse_unknown_key(option.string_key.substr(0, dot), option.string_key.substr(dot + 1),
                           file);
      }
      continue;
    }
    option.string_key.erase(0, prefix.size());
    option.unregistered = false;
    own.insert(option.string_key);
    refuse_act(option.string_key, file + ": [" + options.verb + "] force");
    if (std::find(known.begin(), known.end(), option.string_key) == known.end()) {
      throw UsageError(file + ": [" + options.verb + "] " + option.string_key + ": unknown option" +
                       document::did_you_mean(option.string_key, known));
    }
    ours.options.push_back(option);
  }
  add_of_other_sections(everything, options, file, own, ours);
  for (const po::option& option : everything.options) {
    if (option.string_key.find('.') != std::string::npos) continue;
    if (!own.contains(option.string_key)) add_shared(option, file, known, ours);
  }
  return ours;
}

void print_help(const VerbOptions& options, std::ostream& out) {
  out << options.examples << "\nUsage: " << options.usage << "\n\n"
      << options.named
      << "\nEvery option can also be set in the environment (--jobs as VFSTOCK_JOBS) or under ["
      << options.verb << "] in a file named by --config.\n";
}

po::parsed_options from_command_line(const po::options_description& all, const VerbOptions& options,
                                     const Invocation& invocation) {
  // No guessing: an abbreviation that works today would break with the next option.
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;
  return po::command_line_parser(invocation.arguments)
      .options(all)
      .positional(options.positional)
      .style(style)
      .run();
}

/// Boost would read "-1" as the greatest number that there is.
void refuse_negative(const po::parsed_options& parsed, const po::options_description& all) {
  for (const po::option& option : parsed.options) {
    const po::option_description* const known = all.find_nothrow(option.string_key, false);
    if (known == nullptr) continue;
    const auto* const takes = known->semantic().get();
    if (dynamic_cast<const po::typed_value<std::uint64_t>*>(takes) == nullptr) continue;
    for (const std::string& value : option.value) {
      if (value.find('-') == std::string::npos) continue;
      throw UsageError("--" + option.string_key + ": '" + value + "' is below 0");
    }
  }
}

}  // namespace

std::optional<po::variables_map> read_options(const VerbOptions& options,
                                              const Invocation& invocation) {
  VerbOptions complete = options;
  complete.named.add_options()("config", po::value<std::string>()->value_name("FILE"),
                               "read options from this INI file")("help,h", "show this help");
  if (invocation.arguments == std::vector<std::string>{list_options}) {
    for (const std::string& name : names_of(complete.named)) invocation.out << name << "\n";
    return std::nullopt;
  }
  po::options_description all;
  all.add(complete.named).add(complete.hidden);
  try {
    po::variables_map values;
    const auto take = [&](const po::parsed_options& parsed) {
      refuse_negative(parsed, all);
      po::store(parsed, values);
    };
    take(from_command_line(all, complete, invocation));
    if (values.contains("help")) {
      print_help(complete, invocation.out);
      return std::nullopt;
    }
    refuse_unknown_variables(invocation);
    take(from_environment(complete.named, invocation));
    if (values.contains("config")) take(from_file(values["config"].as<std::string>(), complete));
    po::notify(values);
    return values;
  } catch (const po::unknown_option& error) {
    const std::string name = error.get_option_name();
    const std::string bare = name.substr(std::min(name.size(), name.find_first_not_of('-')));
    throw UsageError("unknown option " + name + document::did_you_mean(bare, names_of(all)) +
                     " (see vfstock " + options.verb + " --help)");
  } catch (const po::error& error) {
    throw UsageError(std::string(error.what()) + " (see vfstock " + options.verb + " --help)");
  }
}

po::typed_value<std::string>* word(const char* shown) {
  return po::value<std::string>()->value_name(shown);
}

po::typed_value<std::vector<std::string>>* words(const char* shown) {
  return po::value<std::vector<std::string>>()->value_name(shown);
}

std::string one_of(const std::string& option, const std::string& value,
                   const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), value) != known.end()) return value;
  std::string list;
  for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
  throw UsageError("--" + option + ": '" + value + "' is none of " + list +
                   document::did_you_mean(value, known));
}

}  // namespace vfstock::sim::cli
