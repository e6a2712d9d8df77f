#include "sim/cli/live_panel.h"

#include <stdexcept>
#include <utility>

#include "engine/schedule/panel_options.h"
#include "sim/cli/options.h"

namespace vfstock::sim::cli {

namespace {

http::HttpOptions http_options(const PanelSettings& settings, const plan::Bounds& bounds) {
  http::HttpOptions options;
  options.base_url = settings.url;
  options.token = settings.token;
  options.connect = bounds.connect;
  options.request = bounds.request;
  options.first_line_bytes = bounds.first_line_bytes;
  options.head_bytes = bounds.head_bytes;
  options.body_bytes = bounds.body_bytes;
  options.requests_at_once = settings.requests_at_once;
  options.ca_file = settings.ca_file;
  return options;
}

/// The options hold what people typed; what cannot be sent is their mistake.
http::HttpTransport open(http::HttpOptions options) {
  try {
    return http::HttpTransport(std::move(options));
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string("the panel's URL or token cannot be used: ") + error.what());
  }
}

}  // namespace

LivePanel::LivePanel(const PanelSettings& settings, const plan::Policy& policy, const Clock& clock)
    : transport_(open(http_options(settings, policy.bounds))),
      log_(transport_, settings.token),
      panel_(log_, clock, schedule::panel_options(policy)) {}

}  // namespace vfstock::sim::cli
