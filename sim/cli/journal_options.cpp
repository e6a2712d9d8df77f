#include "sim/cli/journal_options.h"

#include <chrono>
#include <filesystem>

#include "sim/cli/options.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

void add_journal_option(po::options_description& options) {
  options.add_options()("journal", word("FILE"),
                        "where decisions and the engine's memory are kept (default: "
                        "~/.local/state/vfstock/journal.db)");
}

void add_journal_options(po::options_description& options) {
  add_journal_option(options);
  options.add_options()  //
      ("journal-days", po::value<int>()->value_name("N")->default_value(90),
       "how long decisions are kept")  //
      ("journal-size", po::value<int>()->value_name("MIB")->default_value(512),
       "how large the journal may become before the oldest decisions go");
}

std::string journal_file(const po::variables_map& values, const Invocation& invocation) {
  if (values.contains("journal")) return values["journal"].as<std::string>();
  const auto set = [&](const char* variable) {
    const auto found = invocation.environment.find(variable);
    return found == invocation.environment.end() ? std::string() : found->second;
  };
  if (const std::string state = set("XDG_STATE_HOME"); !state.empty()) {
    return state + "/vfstock/journal.db";
  }
  const std::string home = set("HOME");
  return home.empty() ? "/var/lib/vfstock/journal.db" : home + "/.local/state/vfstock/journal.db";
}

live::JournalSettings journal_settings(const po::variables_map& values,
                                       const Invocation& invocation) {
  const int days = values["journal-days"].as<int>();
  if (days < 1 || days > 36500)
    throw UsageError("--journal-days: expected a number from 1 to 36500");
  const int size = values["journal-size"].as<int>();
  if (size < 1 || size > 1'000'000) {
    throw UsageError("--journal-size: expected a number of MiB from 1 to 1000000");
  }
  return {journal_file(values, invocation), std::chrono::days{days}, std::int64_t{size} << 20};
}

void announce_new_journal(const po::variables_map& values, const Invocation& invocation) {
  const std::string journal = journal_file(values, invocation);
  if (std::filesystem::exists(journal)) return;
  if (!values.contains("journal")) {
    std::error_code error;  // opening it says what is wrong
    std::filesystem::create_directories(std::filesystem::path(journal).parent_path(), error);
  }
  invocation.err << "a new journal begins: " << report::clean(journal) << "\n";
}

}  // namespace vfstock::sim::cli
