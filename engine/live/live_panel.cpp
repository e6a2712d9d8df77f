#include "engine/live/live_panel.h"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include "engine/schedule/panel_options.h"

namespace vfstock::live {

namespace {

http::HttpOptions http_options(const PanelSettings& settings, const plan::Bounds& bounds) {
  http::HttpOptions options;
  options.base_url = settings.url;
  options.token = settings.token;
  options.connect = std::min(bounds.connect, bounds.request);
  options.request = bounds.request;
  options.first_line_bytes = bounds.first_line_bytes;
  options.head_bytes = bounds.head_bytes;
  options.body_bytes = bounds.body_bytes;
  options.requests_at_once = bounds.concurrency;
  options.ca_file = settings.ca_file;
  return options;
}

}  // namespace

// The settings hold what people typed; what cannot be sent is their mistake.
http::HttpTransport open_transport(const PanelSettings& settings, const plan::Policy& policy) {
  try {
    return http::HttpTransport(http_options(settings, policy.bounds));
  } catch (const std::invalid_argument& error) {
    throw SettingsError(std::string("the panel's URL or token cannot be used: ") + error.what());
  }
}

LivePanel::LivePanel(const PanelSettings& settings, const plan::Policy& policy, const Clock& clock)
    : transport_(open_transport(settings, policy)),
      log_(transport_, settings.token),
      panel_(log_, clock, schedule::panel_options(policy)),
      patient_(panel_, clock, [](Milliseconds time) { std::this_thread::sleep_for(time); }) {}

}  // namespace vfstock::live
