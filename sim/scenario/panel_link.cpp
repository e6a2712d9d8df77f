#include "sim/scenario/panel_link.h"

#include <algorithm>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace vfstock::sim::scenario {

namespace faults = mockpanel::faults;

namespace {

/// Virtual time that an exchange takes: what the panel held back, or all the client's patience.
Milliseconds time_taken(const faults::Delivery& delivery, Milliseconds patience) {
  const bool silent =
      delivery.end == faults::End::no_answer || delivery.end == faults::End::stalled;
  return silent ? patience : std::min(faults::time_needed(delivery), patience);
}

}  // namespace

std::string iso_time(WallTime wall) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(wall);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}+00:00",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

invariants::Exchanged traced(const std::string& target, Played played,
                             std::optional<faults::Reception> arrived) {
  invariants::Exchanged seen;
  seen.target = target;
  seen.fault = std::move(played.fault);
  seen.lied = played.lied;
  seen.truth = std::move(played.truth);
  faults::Reception reception =
      arrived ? *std::move(arrived) : faults::received(std::move(played.delivery));
  seen.status = reception.response.status;
  seen.headers = std::move(reception.response.headers);
  seen.whole = reception.outcome == faults::Outcome::whole;
  seen.body = std::move(reception.response.body);
  return seen;
}

mockpanel::api::Request arriving(const std::string& method, const std::string& target,
                                 const std::string& body) {
  mockpanel::api::Request request;
  request.method = method;
  mockpanel::api::set_target(request, target);
  request.headers = {{"Accept", "application/json"},
                     {"Authorization", std::string("Bearer ") + replay_token}};
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  request.body = body;
  return request;
}

PanelLink::PanelLink(PanelSide& side, VirtualClock& clock, plan::Bounds bounds, Onlooker onlooker)
    : side_(side), clock_(clock), bounds_(bounds), onlooker_(std::move(onlooker)) {}

template <class Carry>
auto PanelLink::exchange(const mockpanel::api::Request& request, Milliseconds patience,
                         Carry carry_it) {
  const bool stopped = side_.announce(request, clock_.now(), iso_time(clock_.wall()), patience);
  if (stopped) obstruct(side_.obstacle());
  auto answer = carry_it();
  if (stopped) obstruct(nullptr);
  played_ = side_.take();
  return answer;
}

std::vector<panel::Answer> PanelLink::fetch(std::span<const panel::Request> requests,
                                            Milliseconds budget) {
  const Instant end = clock_.now() + budget;
  bool left_alone = false;
  std::vector<panel::Answer> answers;
  answers.reserve(requests.size());
  for (const panel::Request& request : requests) {
    const Instant asked = clock_.now();
    if (left_alone) {
      answers.emplace_back();
      answers.back().ending = panel::Ending::held_back;
      answers.back().detail = "not sent: the panel asked to be left alone";
      continue;
    }
    if (asked >= end) {
      answers.emplace_back();
      answers.back().detail = "the time for this refresh was used up";
      continue;
    }
    const Milliseconds patience = std::min(bounds_.request, end - asked);
    answers.push_back(
        exchange(arriving("GET", request.target), patience, [&] { return carry(request); }));
    clock_.advance_by(time_taken(played_.delivery, patience));
    left_alone = panel::asks_for_patience(answers.back());
    invariants::Exchanged seen =
        traced(request.target, std::move(played_), std::exchange(arrived_, {}));
    seen.asked = asked;
    seen.answered = clock_.now();
    onlooker_(seen);
  }
  return answers;
}

shop::ModuleAnswer PanelLink::call(const shop::ModuleCall& call, const PassUntil& pass_until) {
  shop::ModuleAnswer answer = exchange(arriving(call.method, call.target, call.body),
                                       bounds_.request, [&] { return carry(call); });
  pass_until(clock_.now() + time_taken(played_.delivery, bounds_.request));
  return answer;
}

}  // namespace vfstock::sim::scenario
