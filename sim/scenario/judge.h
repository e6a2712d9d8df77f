// Judges somebody else's client: the panel plays a scenario, the client is asked for its qty at the
// moments at which the shop would run it, and the checker says whether that qty may stand.
//
// Three invariants are judged: keep-on-unavailable, zero-on-missing, provisionable. How a client
// counts is its own affair. Moments are virtual, so three hours between two of them pass at once;
// a panel that is slow or silent is so in real time, and the client must bear it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "sim/report/replay_result.h"
#include "sim/scenario/scenario.h"

namespace vfstock::sim::scenario {

/// What the client is given.
struct ClientMoment {
  std::string panel_url;                         // "http://127.0.0.1:40123/api/v1"
  std::string trigger;                           // "AfterCronJob", ...
  std::map<std::int64_t, std::int64_t> shelves;  // product -> qty as the shop shows it
};

/// What it says: the qty that each product shall have. A product that is absent stays.
struct ClientAnswer {
  std::map<std::int64_t, std::int64_t> qty;
  std::string note;    // for the transcript, e.g. that it failed and so keeps everything
  std::string broken;  // it did not speak as agreed: a violation of its own; else empty
};

using Client = std::function<ClientAnswer(const ClientMoment&)>;

/// Throws document::DocumentError when a step names what is not there, and what the client throws.
report::ScenarioResult judge(const Scenario& scenario, const Client& client);

}  // namespace vfstock::sim::scenario
