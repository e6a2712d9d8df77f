// vfstock check: are panel and shop as the engine needs them?
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/catalogue/check_shop.h"
#include "engine/catalogue/shop_tables.h"
#include "engine/live/check.h"
#include "engine/live/shop_status.h"
#include "sim/cli/journal_options.h"
#include "sim/cli/live_options.h"
#include "sim/cli/options.h"
#include "sim/cli/policy_options.h"
#include "sim/cli/verb.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using catalogue::Finding;

namespace {

VerbOptions check_options() {
  VerbOptions options{
      .verb = "check",
      .usage = "vfstock check [OPTIONS]",
      .examples =
          "Examples:\n"
          "  vfstock check --panel https://panel.example/api/v1 --token-file token \\\n"
          "    --shop mysql://vfstock@localhost/whmcs --shop-password-file password\n"
          "  vfstock check --grants --shop mysql://vfstock@localhost/whmcs\n",
      .named = po::options_description("Options"),
      .positional = {},
      .hidden = {}};
  options.named.add_options()  //
      ("grants", po::bool_switch(),
       "print the least privileges that the shop's account needs, as GRANT statements")  //
      ("json", po::bool_switch(), "machine output on stdout");
  add_panel_options(options.named);
  add_shop_options(options.named);
  add_journal_option(options.named);
  add_policy_options(options.named);
  return options;
}

std::string_view name(Finding::Verdict verdict) {
  switch (verdict) {
    case Finding::Verdict::good:
      return "good";
    case Finding::Verdict::warning:
      return "warning";
    case Finding::Verdict::bad:
      return "bad";
  }
  return "bad";
}

int print_grants(const po::variables_map& values, const Invocation& invocation) {
  const ShopSettings settings = shop_settings(values, invocation);
  if (settings.address.kind != catalogue::ShopAddress::Kind::mysql) {
    throw UsageError("--grants: an SQLite file knows no privileges");
  }
  const std::string account = fmt::format("'{}'@'localhost'", settings.address.user);
  for (const auto& grant : catalogue::least_privileges(settings.address.database, account)) {
    invocation.out << grant << "\n";
  }
  return Status::good;
}

void print(const std::vector<Finding>& findings, bool json, std::ostream& out) {
  if (!json) {
    for (const Finding& finding : findings) {
      out << fmt::format("{:<8} {}\n", name(finding.verdict), report::clean(finding.text));
    }
    return;
  }
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"verdict", name(finding.verdict)}, {"text", finding.text}});
  }
  const nlohmann::ordered_json whole{{"format", 1}, {"findings", std::move(list)}};
  out << whole.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
}

/// What an earlier sync withholds, where there was one.
std::vector<Finding> check_brake(const std::string& journal) {
  try {
    const auto remembered = live::remembered_in(journal);
    const auto text = remembered ? live::brake_text(*remembered) : std::nullopt;
    if (!text) return {};
    return {{Finding::Verdict::warning, "brake: " + *text + " (journal " + journal + ")"}};
  } catch (const catalogue::StoreError& error) {
    return {{Finding::Verdict::bad, std::string("journal: ") + error.what()}};
  }
}

catalogue::ShopReading reading_from(const po::variables_map& values) {
  catalogue::ShopReading reading;
  const plan::Policy policy = policy_from(policy_words(values));
  reading.location_option = policy.location_option;
  reading.counts_overrides = policy.option_overrides == plan::OptionOverrides::largest;
  if (values.contains("panel")) reading.panel_name = panel_name(values);
  return reading;
}

}  // namespace

int check_verb(const Invocation& invocation) {
  const auto values = read_options(check_options(), invocation);
  if (!values) return Status::good;
  if ((*values)["grants"].as<bool>()) return print_grants(*values, invocation);
  if (!values->contains("panel") && !values->contains("shop")) {
    throw UsageError("name what to check: --panel URL, --shop ADDRESS or both");
  }
  std::vector<Finding> findings;
  const auto add = [&](std::vector<Finding> more) {
    findings.insert(findings.end(), more.begin(), more.end());
  };
  if (values->contains("panel")) {
    const plan::Policy policy = policy_from(policy_words(*values));
    add(live::check_panel(panel_settings(*values, invocation), policy));
  }
  const std::string journal = journal_file(*values, invocation);
  bool is_usable = true;
  if (values->contains("shop")) {  // a sync of it keeps a journal, or writes nothing
    const Finding found = live::check_journal(journal, !values->contains("journal"));
    is_usable = found.verdict != Finding::Verdict::bad;
    add({found});
  }
  if (is_usable) add(check_brake(journal));
  if (values->contains("shop")) {
    add(live::check_shop(shop_settings(*values, invocation), reading_from(*values)));
  }
  const bool good = std::none_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.verdict == Finding::Verdict::bad;
  });
  if (good && values->contains("panel") && values->contains("shop")) {
    add(live::check_sweep(panel_settings(*values, invocation), shop_settings(*values, invocation),
                          policy_from(policy_words(*values))));
  }
  print(findings, (*values)["json"].as<bool>(), invocation.out);
  const bool bad = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.verdict == Finding::Verdict::bad;
  });
  return bad ? Status::outside_failed : Status::good;
}

}  // namespace vfstock::sim::cli
