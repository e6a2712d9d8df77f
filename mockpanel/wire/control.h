// The control port: through it the tester of any VirtFusion client makes the mock panel fail, and
// reads what the client asked.
//
//   GET    /              what can be asked here
//   GET    /faults        the rules in the order in which they are tried, and how often each fired
//   POST   /faults        adds a rule (faults/rule_json.h); 201 and the rule with its id
//   DELETE /faults        removes every rule
//   DELETE /faults/{id}   removes one
//   GET    /requests      the newest requests, the oldest first
//
// Everything is JSON. A refusal is {"message": "..."} with 400 (no such rule can be), 403 (a page
// of another site asks), 404 (no such thing), 405 (not in this way), 409 (the id is taken) or 415
// (a body that is not announced as JSON). There is no authentication: it listens on loopback, and
// its journal holds no secret. A browser on the same machine must not be led here by a page from
// elsewhere, so the Host must be this machine's own name for itself, and what a browser says of
// where a request comes from (Origin, Sec-Fetch-Site) must be this port. It has a port and workers
// of its own, so that a panel whose every worker keeps silent can still be healed.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "mockpanel/faults/injector.h"
#include "mockpanel/model/world.h"
#include "mockpanel/wire/request_journal.h"

namespace vfstock::mockpanel::wire {

struct ControlOptions {
  std::string host = "127.0.0.1";
  int port = 0;  // 0: any free port
  int workers = 4;
};

/// What the control port works on; all of it outlives the port.
struct ControlSubject {
  faults::Injector& injector;
  /// Held while the injector is touched; the panel's handler holds it too.
  std::mutex& injector_mutex;
  const RequestJournal& journal;
  /// The time that the panel's handler judges by: windows of rules count from it.
  std::function<model::Time()> now;
  /// Called after rules have come or gone, with the mutex held; may be empty.
  std::function<void()> changed = {};
};

class Control {
 public:
  /// Listens at once; throws std::runtime_error with address and reason when it cannot.
  Control(const ControlOptions& options, ControlSubject subject);
  ~Control();
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

  int port() const noexcept;
  std::string base_url() const;  // "http://127.0.0.1:PORT"

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vfstock::mockpanel::wire
