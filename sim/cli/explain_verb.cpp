// vfstock explain: why is this qty what it is.
#include "engine/apply/no_journal.h"
#include "engine/panel/http_panel.h"
#include "engine/schedule/panel_options.h"
#include "engine/schedule/refresher.h"
#include "sim/cli/explain_files.h"
#include "sim/cli/explain_live.h"
#include "sim/cli/explain_text.h"
#include "sim/cli/journal_options.h"
#include "sim/cli/live_options.h"
#include "sim/cli/options.h"
#include "sim/cli/policy_options.h"
#include "sim/cli/verb.h"
#include "sim/scenario/virtual_clock.h"
#include "sim/shop/memory_catalogue.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

VerbOptions explain_options() {
  VerbOptions options{
      .verb = "explain",
      .usage =
          "vfstock explain --product ID [OPTIONS], or\n       vfstock explain --package FILE "
          "--group FILE... [OPTIONS]",
      .examples =
          "Examples:\n"
          "  vfstock explain --product 7 --panel https://panel.example/api/v1 "
          "--token-file token \\\n"
          "    --shop mysql://vfstock@localhost/whmcs --shop-password-file password\n"
          "  vfstock explain --package package.json --group group-resources.json\n"
          "  vfstock explain --package p.json --group g1.json --group g2.json --buffer 5 "
          "--json\n",
      .named = po::options_description("Options"),
      .positional = {},
      .hidden = {}};
  options.named.add_options()  //
      ("product", po::value<std::int64_t>()->value_name("ID"),
       "a product of the shop, as panel and shop are now")  //
      ("fleet", po::value<std::string>()->value_name("FILE"),
       "with --product: of this fleet file instead")  //
      ("package", po::value<std::string>()->value_name("FILE"),
       "an answer of GET /packages/{id}")  //
      ("group", po::value<std::vector<std::string>>()->value_name("FILE")->composing(),
       "an answer of GET /compute/hypervisors/groups/{id}/resources; repeat for further groups, "
       "and "
       "for further pages of the same group")  //
      ("ipv4", po::value<std::string>()->value_name("N")->default_value("1"),
       "addresses per VPS, as configoption3")  //
      ("buffer", po::value<std::string>()->value_name("PCT")->default_value("10"),
       "safety buffer in percent, as configoption7")  //
      ("json", po::bool_switch(), "machine output on stdout");
  add_policy_options(options.named);
  add_panel_options(options.named);
  add_shop_options(options.named);
  add_journal_option(options.named);
  return options;
}

/// What people type into the shop's text columns passes there for a default; here it is a typo.
void refuse_impossible(const po::variables_map& values) {
  const std::string& buffer = values["buffer"].as<std::string>();
  if (!capacity::Percent::parse(buffer)) {
    throw UsageError("--buffer: '" + buffer + "' is no percentage; expected a number such as 7.5");
  }
  const std::string& ipv4 = values["ipv4"].as<std::string>();
  if (ipv4.empty() || ipv4.size() > 9 ||
      ipv4.find_first_not_of("0123456789") != std::string::npos) {
    throw UsageError("--ipv4: '" + ipv4 + "' is no number of addresses; expected 0 or more");
  }
  for (const char* needed : {"package", "group"}) {
    if (!values.contains(needed)) {
      throw UsageError(std::string("--") + needed + " FILE is needed (see vfstock explain --help)");
    }
  }
}

/// The product that the options describe, as a shop's row.
shop::MemoryCatalogue shop_of(const AnswerFiles& files, const po::variables_map& values) {
  catalogue::Product product;
  product.id = {1};
  product.servertype = "VirtFusionDirect";
  product.stockcontrol = 1;
  product.configoption2 = std::to_string(files.package_id());
  product.configoption3 = values["ipv4"].as<std::string>();
  product.configoption7 = values["buffer"].as<std::string>();
  std::vector<catalogue::OptionValue> locations;
  for (const std::int64_t group : files.group_ids()) {
    locations.push_back({"Location", std::to_string(group)});
  }
  shop::MemoryCatalogue shop;
  shop.put(product);
  shop.set_option_values(product.id, locations);
  return shop;
}

int status_of(const plan::Decision& decision) {
  if (decision.if_set() != nullptr || !plan::is_transient(decision.why().cause)) {
    return Status::good;
  }
  return Status::outside_failed;
}

int explain_of_shop(const po::variables_map& values, const plan::Policy& policy,
                    const Invocation& invocation) {
  try {
    const plan::Explanation explanation = explain_product(values, policy, invocation);
    if (values["json"].as<bool>()) {
      invocation.out << explanation_json(explanation)
                            .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                     << "\n";
    } else {
      print_product(explanation, policy, invocation.out);
      print_overrides(explanation, policy, invocation.out);
      print_brake(values, explanation.product.id, invocation);
      print_explanation(explanation, invocation.out);
    }
    return status_of(explanation.decision);
  } catch (const catalogue::StoreError& error) {
    invocation.err << "vfstock explain: " << error.what() << "\n";
    return Status::outside_failed;
  }
}

/// Messages name the files, for nothing was requested from anybody.
void name_files(plan::Explanation& explanation, const AnswerFiles& files) {
  if (const plan::Keep* const kept = explanation.decision.if_keep()) {
    plan::Keep named = *kept;
    if (auto* const text = std::get_if<std::string>(&named.why.because)) {
      *text = files.named(*text);
    }
    explanation.decision = std::move(named);
  }
  for (auto& asked : explanation.groups) {
    const panel::Unavailable* const why = asked.second.lookup.if_unavailable();
    if (why == nullptr) continue;
    panel::Unavailable named = *why;
    named.detail = files.named(named.detail);
    asked.second.lookup = std::move(named);
  }
}

}  // namespace

int explain_verb(const Invocation& invocation) {
  const auto values = read_options(explain_options(), invocation);
  if (!values) return Status::good;
  const plan::Policy policy = policy_from(policy_words(*values));
  if (values->contains("product")) return explain_of_shop(*values, policy, invocation);
  refuse_impossible(*values);
  AnswerFiles files((*values)["package"].as<std::string>(),
                    (*values)["group"].as<std::vector<std::string>>());

  shop::MemoryCatalogue shop = shop_of(files, *values);
  const scenario::VirtualClock clock;
  panel::HttpPanelOptions options = schedule::panel_options(policy);
  options.paging_needed = false;
  options.first_page_only = false;
  options.read_blocks = options.exclude_maintenance = false;  // no file tells of these
  panel::HttpPanel panel(files, clock, options);
  apply::NoJournal journal;
  panel::CachingPanel answers(panel, clock, {});
  plan::Explanation explanation =
      schedule::Refresher({shop, answers, journal, clock}, policy, "").explain(*shop.find({1}));
  name_files(explanation, files);
  if ((*values)["json"].as<bool>()) {
    invocation.out << explanation_json(explanation).dump() << "\n";
  } else {
    print_explanation(explanation, invocation.out);
  }
  return status_of(explanation.decision);
}

}  // namespace vfstock::sim::cli
