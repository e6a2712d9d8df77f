// The mock panel's world with faults and journal, answering in real time.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "mockpanel/api/api.h"
#include "mockpanel/faults/injector.h"
#include "mockpanel/wire/control.h"
#include "mockpanel/wire/request_journal.h"
#include "mockpanel/wire/webhooks.h"
#include "sim/cli/fault_log.h"
#include "sim/scenario/panel_timeline.h"

namespace vfstock::sim::cli {

class ServedPanel {
 public:
  ServedPanel(mockpanel::model::World world, mockpanel::api::Options options);

  /// From now on the scenario's steps happen, at their times since the panel's start, `speed` times
  /// as fast as written. The scenario outlives the panel.
  void follow(const scenario::Scenario& scenario, double speed);

  /// From now on every change of its servers is told to a receiver. Throws std::invalid_argument.
  void tell_of_changes(mockpanel::wire::WebhookOptions options);

  /// Called by the wire, one request at a time. Throws document::DocumentError when a step of the
  /// scenario names what is not there.
  mockpanel::faults::Delivery answer(const mockpanel::api::Request& request);
  mockpanel::wire::ControlSubject control();
  /// What has become of the faults since the last time, a line each (fault_log.h). Steps of the
  /// scenario that are due happen, and are among it. Throws as answer() does.
  std::vector<std::string> fault_news();

 private:
  mockpanel::model::Time now() const;
  void note_news();
  void note_changes();

  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double speed_ = 1;
  std::mutex mutex_;
  mockpanel::model::World world_;
  mockpanel::api::Api api_;
  mockpanel::faults::Injector injector_{world_};
  std::optional<scenario::PanelTimeline> timeline_;
  mockpanel::wire::RequestJournal journal_;
  FaultLog fault_log_;
  std::optional<mockpanel::wire::ServerChanges> changes_;
  std::unique_ptr<mockpanel::wire::WebhookSender> webhooks_;
  std::vector<std::string> news_;  // not yet told
};

}  // namespace vfstock::sim::cli
