#include "engine/live/check.h"

#include <filesystem>

#include <fmt/format.h>
#include <unistd.h>

#include "engine/catalogue/sql_catalogue.h"
#include "engine/http/base_url.h"
#include "engine/live/live_panel.h"
#include "engine/live/look.h"
#include "engine/live/open_database.h"
#include "engine/live/open_shop.h"
#include "engine/live/real_clock.h"
#include "engine/panel/test_connection.h"
#include "engine/sqlite/journal_file.h"

namespace vfstock::live {

using catalogue::Finding;

namespace {

using Verdict = Finding::Verdict;

bool is_loopback(const std::string& name) {
  return name == "localhost" || name == "::1" || name.starts_with("127.");
}

/// The token goes along with every request.
void warn_of_plain_http(const std::string& url, std::vector<Finding>& findings) {
  const http::BaseUrl base = http::parse_base_url(url);
  if (base.scheme != "http" || is_loopback(base.name)) return;
  findings.push_back(
      {Verdict::warning,
       fmt::format("panel: the token goes to {} unencrypted; use https://", base.host)});
}

void add_prefix(std::vector<Finding>& findings, const std::string& prefix) {
  for (Finding& finding : findings) finding.text.insert(0, prefix);
}

/// Only what it has sold is read.
Finding check_other(const OtherShop& other, const std::string& location_option) {
  const std::string name = other.address.text();
  try {
    const auto database = open_database(other.address, other.password, Access::read_only);
    const auto pending = catalogue::SqlCatalogue(*database, location_option).pending_services();
    return {Verdict::good, fmt::format("{}: {} order{} on the way", name, pending.size(),
                                       pending.size() == 1 ? "" : "s")};
  } catch (const catalogue::StoreError& error) {
    return {Verdict::bad, fmt::format("{}: {}", name, error.what())};
  }
}

/// Where a journal would be; where that is to be made, the folder that is there already.
std::filesystem::path folder_of(const std::string& file, bool is_made) {
  std::error_code error;
  auto folder = std::filesystem::absolute(file, error).parent_path();
  while (is_made && !std::filesystem::exists(folder, error) && folder.has_relative_path()) {
    folder = folder.parent_path();
  }
  return folder;
}

}  // namespace

std::vector<Finding> check_panel(const PanelSettings& settings, const plan::Policy& policy) {
  const RealClock clock;
  LivePanel live(settings, policy, clock);
  std::vector<Finding> findings;
  const panel::Patience patience{clock.wall(), policy.bounds.retry_after_max};
  for (const panel::ConnectionStep& step :
       panel::test_connection(live.transport(), patience, policy.bounds.request)) {
    findings.push_back({step.good ? Verdict::good : Verdict::bad, "panel: " + step.text});
  }
  warn_of_plain_http(settings.url, findings);
  return findings;
}

std::vector<Finding> check_shop(const ShopSettings& settings,
                                const catalogue::ShopReading& reading) {
  std::vector<Finding> findings;
  try {
    const auto database = open_database(settings.address, settings.password, Access::read_write);
    findings = catalogue::check_shop(*database, settings.address, reading);
    findings.insert(findings.begin(), {Verdict::good, "reachable"});
  } catch (const catalogue::StoreError& error) {
    findings.push_back({Verdict::bad, error.what()});
  }
  add_prefix(findings, "shop: ");
  for (const OtherShop& other : settings.others) {
    findings.push_back(check_other(other, reading.location_option));
    findings.back().text.insert(0, "other shop: ");
  }
  return findings;
}

Finding check_journal(const std::string& file, bool makes_folder) {
  const auto bad = [&](const std::string& why) { return Finding{Verdict::bad, "journal: " + why}; };
  const std::filesystem::path folder = folder_of(file, makes_folder);
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    return bad(
        fmt::format("the folder {} is not there or may not be written by this account, and "
                    "sync keeps its journal there; --journal names another place",
                    folder.string()));
  }
  if (!std::filesystem::exists(file)) {
    return {Verdict::good, fmt::format("journal: {} begins with the first run that writes", file)};
  }
  try {
    const auto journal = sqlite::open_journal(file, sqlite::SqliteDatabase::Open::read_only);
    const auto found = journal->query("PRAGMA quick_check(1)", {});
    if (found.empty() || found.front().text("quick_check") != "ok") {
      return bad(fmt::format("{}: {}", file, sqlite::remedy_of_damage(file)));
    }
  } catch (const catalogue::StoreError& error) {
    return bad(error.what());
  }
  if (access(file.c_str(), R_OK | W_OK) != 0) {
    return bad(fmt::format("{} may not be written by this account", file));
  }
  return {Verdict::good, fmt::format("journal: {} can be written", file)};
}

std::vector<Finding> check_sweep(const PanelSettings& panel, const ShopSettings& shop,
                                 const plan::Policy& policy) {
  constexpr std::size_t told_max = 5;
  const RealClock clock;
  std::vector<Finding> findings;
  std::size_t kept = 0;
  try {
    OpenShop open(shop, policy.location_option, Access::read_only);
    catalogue::ShopLog seen(open.rows());
    LivePanel live(panel, policy, clock);
    const SyncPlan plan =
        plan_sync({seen, live.panel(), clock, policy, panel.host()}, plan::Scope::all(), false);
    if (plan.store_failure) throw catalogue::StoreError(*plan.store_failure);
    for (const SyncLine& line : plan.lines) {
      if (!line.kept_for_now || ++kept > told_max) continue;
      findings.push_back({Verdict::bad, fmt::format("product {} would be kept: {}",
                                                    line.seen.row.id.value, line.why)});
    }
    if (kept > told_max) {
      findings.push_back({Verdict::bad, fmt::format("and {} more products", kept - told_max)});
    }
    if (kept == 0) {
      findings.push_back(
          {Verdict::good, fmt::format("all that {} products need can be read", plan.lines.size())});
    }
  } catch (const catalogue::StoreError& error) {
    findings.push_back({Verdict::bad, error.what()});
  }
  add_prefix(findings, "sweep: ");
  return findings;
}

}  // namespace vfstock::live
