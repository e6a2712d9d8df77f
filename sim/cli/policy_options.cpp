#include "sim/cli/policy_options.h"

#include <stdexcept>

#include <fmt/format.h>

#include "sim/cli/options.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

const char* shown(plan::PolicyKind kind) {
  switch (kind) {
    case plan::PolicyKind::flag:
    case plan::PolicyKind::choice:
      return "MODE";
    case plan::PolicyKind::number:
      return "N";
    case plan::PolicyKind::text:
      return "NAME";
    case plan::PolicyKind::caps:
      return "LIST";
    case plan::PolicyKind::time:
      return "TIME";
  }
  return "TEXT";
}

/// "storage-type or pool-id: what it names (default: storage-type)"
std::string help(const plan::PolicyField& field) {
  const bool is_listed =
      !plan::values(field).empty() || plan::kind(field) == plan::PolicyKind::caps;
  std::string text(field.help);
  if (is_listed) text = plan::values_text(field) + ": " + text;
  const std::string unset = plan::value_text({}, field);
  return unset.empty() ? text : fmt::format("{} (default: {})", text, unset);
}

}  // namespace

void add_policy_options(po::options_description& options) {
  options.add_options()("policy", word("PRESET")->default_value("default"),
                        "default, strict or classic");
  add_policy_options(options, plan::PolicyUse::counting);
  add_policy_options(options, plan::PolicyUse::sweep);
}

void add_policy_options(po::options_description& options, plan::PolicyUse use) {
  for (const plan::PolicyField& field : plan::policy_fields) {
    if (field.use != use) continue;
    options.add_options()(plan::option_name(field).c_str(), word(shown(plan::kind(field))),
                          help(field).c_str());
  }
}

PolicyWords policy_words(const po::variables_map& values) {
  PolicyWords words;
  if (values.contains("policy")) words["policy"] = values["policy"].as<std::string>();
  for (const plan::PolicyField& field : plan::policy_fields) {
    const std::string name = plan::option_name(field);
    if (values.contains(name)) words[name] = values[name].as<std::string>();
  }
  return words;
}

plan::Policy policy_from(const PolicyWords& words) {
  for (const auto& [option, text] : words) {
    const plan::PolicyField* const field = plan::field_of_option(option);
    const auto values = field != nullptr ? plan::values(*field) : std::vector<std::string_view>{};
    if (!values.empty()) one_of(option, text, {values.begin(), values.end()});
  }
  try {
    return plan::policy_from(words);
  } catch (const std::invalid_argument& refused) {
    throw UsageError(refused.what());
  }
}

}  // namespace vfstock::sim::cli
