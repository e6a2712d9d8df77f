#include "engine/live/check.h"

#include "engine/live/live_panel.h"
#include "engine/live/open_database.h"
#include "engine/live/real_clock.h"
#include "engine/panel/test_connection.h"

namespace vfstock::live {

using catalogue::Finding;

std::vector<Finding> check_panel(const PanelSettings& settings, const plan::Policy& policy) {
  const RealClock clock;
  LivePanel live(settings, policy, clock);
  std::vector<Finding> findings;
  const panel::Patience patience{clock.wall(), policy.bounds.retry_after_max};
  for (const panel::ConnectionStep& step :
       panel::test_connection(live.transport(), patience, policy.bounds.request)) {
    findings.push_back(
        {step.good ? Finding::Verdict::good : Finding::Verdict::bad, "panel: " + step.text});
  }
  return findings;
}

std::vector<Finding> check_shop(const ShopSettings& settings) {
  std::vector<Finding> findings;
  try {
    const auto database = open_database(settings.address, settings.password, Access::read_write);
    findings = catalogue::check_shop(*database, settings.address);
    findings.insert(findings.begin(), {Finding::Verdict::good, "reachable"});
  } catch (const catalogue::StoreError& error) {
    findings.push_back({Finding::Verdict::bad, error.what()});
  }
  for (Finding& finding : findings) finding.text.insert(0, "shop: ");
  return findings;
}

}  // namespace vfstock::live
