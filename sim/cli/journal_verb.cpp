// vfstock journal: what was decided, when and why.
#include <chrono>
#include <filesystem>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "engine/sqlite/journal_file.h"
#include "engine/sqlite/journal_reader.h"
#include "sim/cli/journal_options.h"
#include "sim/cli/journal_scenario.h"
#include "sim/cli/live_options.h"
#include "sim/cli/moment.h"
#include "sim/cli/options.h"
#include "sim/cli/verb.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;
using nlohmann::ordered_json;
using sqlite::KeptDecision;

namespace {

VerbOptions journal_options() {
  VerbOptions options{
      .verb = "journal",
      .usage = "vfstock journal [OPTIONS]",
      .examples =
          "Examples:\n"
          "  vfstock journal --last 20\n"
          "  vfstock journal --product 7 --outcome wrote --from 2026-11-24\n"
          "  vfstock journal --decision 311\n"
          "  vfstock journal --scenario 2026-11-23T22:00..2026-11-24T06:00 > last-night.json\n",
      .named = po::options_description("Options"),
      .positional = {},
      .hidden = {}};
  add_journal_option(options.named);
  options.named.add_options()                                                             //
      ("product", po::value<std::int64_t>()->value_name("ID"), "of this product alone")   //
      ("outcome", word("NAME"), "wrote, unchanged, kept or held")                         //
      ("cause", word("NAME"), "e.g. capacity, package missing, group unavailable")        //
      ("from", word("TIME"), "from this moment, UTC: 2026-11-24 or 2026-11-24T03:00:00")  //
      ("to", word("TIME"), "until this moment")                                           //
      ("last", po::value<std::int64_t>()->value_name("N")->default_value(100),
       "the newest so many decisions")  //
      ("decision", po::value<std::int64_t>()->value_name("ID"),
       "everything about one decision, as JSON")  //
      ("scenario", word("FROM..TO"),
       "print what happened then as a scenario that replays to the same decisions")  //
      ("json", po::bool_switch(), "machine output on stdout");
  return options;
}

WallTime moment(const std::string& option, const std::string& text) {
  const auto time = moment_from(text);
  if (!time) {
    throw UsageError("--" + option + ": '" + text +
                     "' is no moment; expected 2026-11-24 or 2026-11-24T03:00:00");
  }
  return *time;
}

sqlite::JournalFilter filter_from(const po::variables_map& values) {
  sqlite::JournalFilter filter;
  if (values.contains("from")) filter.from = moment("from", values["from"].as<std::string>());
  if (values.contains("to")) filter.to = moment("to", values["to"].as<std::string>());
  if (values.contains("product")) {
    filter.product = catalogue::ProductId{values["product"].as<std::int64_t>()};
  }
  if (values.contains("outcome")) {
    filter.outcome = one_of("outcome", values["outcome"].as<std::string>(),
                            {"wrote", "unchanged", "kept", "held"});
  }
  if (values.contains("cause")) filter.cause = values["cause"].as<std::string>();
  if (filter.from && filter.to && *filter.to < *filter.from) {
    throw UsageError("--to is earlier than --from");
  }
  filter.most = values["last"].as<std::int64_t>();
  if (filter.most < 1) throw UsageError("--last: expected 1 or more");
  return filter;
}

ordered_json decision_json(const KeptDecision& decision) {
  return {{"id", decision.id},
          {"refresh", decision.refresh},
          {"at", moment_text(decision.at)},
          {"times", decision.times},
          {"since", moment_text(decision.since)},
          {"trigger", decision.trigger},
          {"product", decision.product.value},
          {"name", decision.name},
          {"decision", decision.is_set ? "set" : "keep"},
          {"qty", decision.wanted ? ordered_json(*decision.wanted) : ordered_json(nullptr)},
          {"cause", decision.cause},
          {"why", decision.why},
          {"outcome", decision.outcome},
          {"old_qty", decision.old_qty},
          {"new_qty", decision.new_qty},
          {"binding", decision.binding}};
}

void print_decisions(const std::vector<KeptDecision>& decisions, std::ostream& out) {
  for (const KeptDecision& decision : decisions) {
    const std::string change = decision.outcome == "wrote"
                                   ? fmt::format("{} -> {}", decision.old_qty, decision.new_qty)
                                   : fmt::format("{} {}", decision.old_qty, decision.outcome);
    const std::string times =
        decision.times > 1
            ? fmt::format(", {} times since {}", decision.times, moment_text(decision.since))
            : "";
    out << fmt::format("{:>7}  {}  {:<15}  refresh {:<6} product {:<6} {:<18} ({}) {}{}\n",
                       decision.id, moment_text(decision.at), decision.trigger, decision.refresh,
                       decision.product.value, change, decision.cause, report::clean(decision.why),
                       times);
  }
}

int list(sqlite::SqliteDatabase& journal, const po::variables_map& values,
         const Invocation& invocation) {
  const sqlite::JournalFilter filter = filter_from(values);
  const auto decisions = sqlite::kept_decisions(journal, filter);
  const auto troubles = sqlite::kept_troubles(journal, filter);
  if (values["json"].as<bool>()) {
    ordered_json whole{
        {"format", 1}, {"decisions", ordered_json::array()}, {"troubles", ordered_json::array()}};
    for (const auto& decision : decisions) whole["decisions"].push_back(decision_json(decision));
    for (const auto& trouble : troubles) {
      whole["troubles"].push_back({{"at", moment_text(trouble.at)}, {"text", trouble.text}});
    }
    invocation.out << sqlite::dump(whole) << "\n";
    return Status::good;
  }
  print_decisions(decisions, invocation.out);
  for (const auto& trouble : troubles) {
    invocation.out << fmt::format("trouble  {}  {}\n", moment_text(trouble.at),
                                  report::clean(trouble.text));
  }
  return Status::good;
}

int show_one(sqlite::SqliteDatabase& journal, std::int64_t id, const Invocation& invocation) {
  const auto breakdown = sqlite::kept_breakdown(journal, id);
  if (!breakdown) throw UsageError(fmt::format("there is no decision {}", id));
  sqlite::JournalFilter filter;
  filter.decision = id;
  for (const KeptDecision& decision : sqlite::kept_decisions(journal, filter)) {
    ordered_json whole{{"format", 1}};
    whole.update(decision_json(decision));
    whole["seen"] = sqlite::seen_json(decision.seen);
    whole["breakdown"] =
        breakdown->empty() ? ordered_json(nullptr) : ordered_json::parse(*breakdown);
    invocation.out << whole.dump(2, ' ', false, ordered_json::error_handler_t::replace) << "\n";
  }
  return Status::good;
}

int print_scenario(sqlite::SqliteDatabase& journal, const std::string& range,
                   const Invocation& invocation) {
  const std::size_t dots = range.find("..");
  if (dots == std::string::npos) throw UsageError("--scenario: expected FROM..TO");
  const auto from = moment("scenario", range.substr(0, dots));
  const auto to = moment("scenario", range.substr(dots + 2));
  if (to < from) throw UsageError("--scenario: " + range + " ends before it begins");
  const auto scenario = journal_scenario(
      sqlite::kept_refreshes(journal, from, to),
      "The journal from " + range.substr(0, dots) + " to " + range.substr(dots + 2));
  invocation.out << scenario.dump(2, ' ', false, ordered_json::error_handler_t::replace) << "\n";
  return Status::good;
}

}  // namespace

namespace {

/// A file that is no journal is unreadable input, whatever is wrong with it.
std::unique_ptr<sqlite::SqliteDatabase> open_to_read(const std::string& file) {
  if (!std::filesystem::exists(file)) {
    throw UsageError(file + ": there is no such file; --journal names another");
  }
  try {
    return sqlite::open_journal(file, sqlite::SqliteDatabase::Open::read_only);
  } catch (const catalogue::StoreError& error) {
    throw UsageError(error.what());
  }
}

}  // namespace

int journal_verb(const Invocation& invocation) {
  const auto values = read_options(journal_options(), invocation);
  if (!values) return Status::good;
  const auto journal = open_to_read(journal_file(*values, invocation));
  try {
    if (values->contains("scenario")) {
      return print_scenario(*journal, (*values)["scenario"].as<std::string>(), invocation);
    }
    if (values->contains("decision")) {
      return show_one(*journal, (*values)["decision"].as<std::int64_t>(), invocation);
    }
    return list(*journal, *values, invocation);
  } catch (const catalogue::StoreError& error) {
    invocation.err << "vfstock journal: " << error.what() << "\n";
    return Status::outside_failed;
  }
}

}  // namespace vfstock::sim::cli
