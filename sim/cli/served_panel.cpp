#include "sim/cli/served_panel.h"

#include <string>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "mockpanel/faults/answering.h"

namespace vfstock::sim::cli {

namespace faults = mockpanel::faults;

namespace {

constexpr std::size_t requests_remembered = 10'000;

std::string wall_time() {
  return fmt::format(
      "{:%Y-%m-%dT%H:%M:%S}+00:00",
      fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

}  // namespace

ServedPanel::ServedPanel(mockpanel::model::World world, mockpanel::api::Options options)
    : world_(std::move(world)), api_(world_, std::move(options)), journal_(requests_remembered) {}

void ServedPanel::follow(const scenario::Scenario& scenario, double speed) {
  const std::scoped_lock lock(mutex_);
  speed_ = speed;
  timeline_.emplace(scenario, world_, injector_);
  timeline_->play_until(now());
}

void ServedPanel::tell_of_changes(mockpanel::wire::WebhookOptions options) {
  const std::scoped_lock lock(mutex_);
  webhooks_ = std::make_unique<mockpanel::wire::WebhookSender>(std::move(options));
  changes_.emplace(world_);
}

faults::Delivery ServedPanel::answer(const mockpanel::api::Request& request) {
  const std::scoped_lock lock(mutex_);
  const mockpanel::model::Time moment = now();
  // Nobody sees the panel but through requests, so a step may wait for the next one.
  if (timeline_) timeline_->play_until(moment);
  const faults::Rule* rule = injector_.judge(request, moment);
  faults::Delivery delivery = faults::answer(rule, request, {api_, world_, moment, wall_time()});
  note_changes();
  journal_.record(
      mockpanel::wire::journal_entry(request, delivery, rule != nullptr ? rule->id : "", moment));
  return delivery;
}

mockpanel::wire::ControlSubject ServedPanel::control() {
  return {injector_, mutex_, journal_, [this] { return now(); }, [this] { note_news(); }};
}

std::vector<std::string> ServedPanel::fault_news() {
  const std::scoped_lock lock(mutex_);
  const mockpanel::model::Time moment = now();
  if (timeline_) timeline_->play_until(moment);
  injector_.settle(moment);
  world_.advance(moment);
  note_changes();
  note_news();
  return std::exchange(news_, {});
}

/// Called at every change, so that a fault that is gone a moment later has been seen.
void ServedPanel::note_news() {
  for (std::string& line : fault_log_.news(injector_.rules(), now())) {
    news_.push_back(std::move(line));
  }
}

void ServedPanel::note_changes() {
  if (changes_) webhooks_->tell(changes_->since(world_), wall_time());
}

mockpanel::model::Time ServedPanel::now() const {
  return std::chrono::duration_cast<mockpanel::model::Time>(
      (std::chrono::steady_clock::now() - start_) * speed_);
}

}  // namespace vfstock::sim::cli
