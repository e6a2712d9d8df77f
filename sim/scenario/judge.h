// Judges somebody else's client: a scenario plays as in a replay, but where the shop would run the
// engine it runs the client, and the checker says whether the qtys that it names may stand
// (sim/invariants/client_checker.h).
//
// Moments are virtual, so three hours between two of them pass at once, and no time passes within
// one; a panel that is slow or silent is so in real time, and the client must bear it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "sim/document/document.h"
#include "sim/report/replay_result.h"
#include "sim/scenario/scenario.h"

namespace vfstock::sim::scenario {

/// What the client is given.
struct ClientMoment {
  std::string panel_url;                // "http://127.0.0.1:40123/api/v1"
  std::string panel_token;              // that it is to present there
  std::string trigger;                  // "AfterCronJob", ...
  std::string now;                      // the scenario's calendar, "2026-01-01T03:00:00+00:00"
  std::optional<std::int64_t> product;  // that the trigger is about
  std::map<std::int64_t, std::int64_t> qtys;  // product -> qty as the shop shows it
  document::Json shop;                        // the shop's tables, as a fleet file holds them
};

/// What it says: the qty that each product shall have. A product that is absent stays.
struct ClientAnswer {
  std::map<std::int64_t, std::int64_t> qty;
  std::string failure;  // how it failed, so that everything stays: "failed with status 3"
  std::string broken;   // it did not speak as agreed: a violation of its own; else empty
};

using Client = std::function<ClientAnswer(const ClientMoment&)>;

struct JudgeOptions {
  /// The count is judged to the unit; absent: where the scenario states a policy.
  std::optional<bool> exact;
  double speed = 1;  // delays of the panel are so many times shorter than the scenario says
};

/// Throws what the client throws. Steps that do not fit what became of the shop under this client
/// (a service that was never ordered, because the shop was out of stock) are left out and told in
/// the transcript.
report::ScenarioResult judge(const Scenario& scenario, const Client& client,
                             const JudgeOptions& options = {});

}  // namespace vfstock::sim::scenario
