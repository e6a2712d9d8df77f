#include "sim/cli/policy_options.h"

#include <algorithm>
#include <charconv>

#include "engine/base/duration.h"
#include "engine/plan/policy_text.h"
#include "sim/cli/options.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

template <class Choice>
void choose(Choice& field, const std::string& option, const PolicyWords& words) {
  const auto given = words.find(option);
  if (given == words.end()) return;
  std::vector<std::string> known;
  for (const std::string_view name : plan::choices<Choice>()) known.emplace_back(name);
  field = *plan::parse_choice<Choice>(one_of(option, given->second, known));
}

std::int64_t number(const std::string& option, const std::string& text, std::int64_t most) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end || value < 0 || value > most) {
    throw UsageError("--" + option + ": expected a number from 0 to " + std::to_string(most));
  }
  return value;
}

std::chrono::milliseconds deadline(const std::string& option, const std::string& text) {
  const auto time = duration_from(text);
  if (!time || *time <= std::chrono::milliseconds{0} || *time > std::chrono::hours{1}) {
    throw UsageError("--" + option + ": '" + text +
                     "' is no time; expected e.g. 500ms, 10s or 2m, at most 1h");
  }
  return *time;
}

}  // namespace

void add_counting_options(po::options_description& options) {
  options.add_options()                                                                   //
      ("policy", word("PRESET")->default_value("default"), "default, strict or classic")  //
      ("storage-match", word("MODE"), "storage-type, storage-type-other or pool-id")      //
      ("ipv4-cap", word("MODE"), "group-max or nested")                                   //
      ("server-slots", word("MODE"), "ignore or enforce")                                 //
      ("ipv4-zero", word("MODE"), "one or none: what 0 addresses per VPS mean")           //
      ("qty-ceiling", word("N"), "the most that is ever set");
}

void add_shop_policy_options(po::options_description& options) {
  options.add_options()  //
      ("location-option", word("NAME"),
       "the configurable option that names groups (default: Location)")  //
      ("reserve-pending", word("MODE"), "off or on: take off what is ordered and not on the panel")
      //
      ("brake", word("PCT"), "the share of products that may fall to 0 at once (default: 50)")  //
      ("request-deadline", word("TIME"), "how long one request may take, e.g. 10s (default: 30s)")
      //
      ("sweep-deadline", word("TIME"), "how long all of them may take together (default: 2m)");
}

PolicyWords policy_words(const po::variables_map& values) {
  PolicyWords words;
  for (const char* name :
       {"policy", "storage-match", "ipv4-cap", "server-slots", "ipv4-zero", "qty-ceiling",
        "location-option", "reserve-pending", "brake", "request-deadline", "sweep-deadline"}) {
    if (values.contains(name)) words[name] = values[name].as<std::string>();
  }
  return words;
}

plan::Policy policy_from(const PolicyWords& words) {
  const auto named = words.find("policy");
  plan::Policy policy =
      *plan::preset(one_of("policy", named == words.end() ? "default" : named->second,
                           {"default", "strict", "classic"}));
  choose(policy.storage_match, "storage-match", words);
  choose(policy.ipv4_cap, "ipv4-cap", words);
  choose(policy.server_slots, "server-slots", words);
  choose(policy.ipv4_zero, "ipv4-zero", words);
  for (const auto& [name, value] : words) {
    if (name == "qty-ceiling") policy.qty_ceiling = number(name, value, 2147483647);
    if (name == "location-option") policy.location_option = value;
    if (name == "brake") policy.brake_percent = number(name, value, 100);
    if (name == "reserve-pending") {
      policy.reserve_pending = one_of(name, value, {"off", "on"}) == "on";
    }
    if (name == "sweep-deadline") policy.bounds.sweep = deadline(name, value);
    if (name == "request-deadline") {
      policy.bounds.request = deadline(name, value);
      policy.bounds.connect = std::min(policy.bounds.connect, policy.bounds.request);
    }
  }
  return policy;
}

}  // namespace vfstock::sim::cli
