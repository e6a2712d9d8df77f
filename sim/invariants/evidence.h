// What the panel's answers allow to be known of a package or a group at this moment.
//
// The one place that decides which answers count. Today these are the answers of the running
// refresh; a cache's older answers would be looked up here and nowhere else. Probes and requests
// for patience are remembered over the whole trace.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/invariants/answer.h"
#include "sim/invariants/checker.h"
#include "sim/invariants/reading.h"
#include "sim/invariants/recount.h"
#include "sim/invariants/target.h"

namespace vfstock::sim::invariants {

enum class Known {
  found,
  missing,      // the panel says that there is no such record, and is to be believed
  unavailable,  // asked, and no answer that counts
  partial,      // not asked, or not for every page
};

/// What is known of one package or group, and how.
template <class Facts>
struct Reading {
  Known known = Known::partial;
  Facts facts{};
  /// A client that keeps the qty is right, too: the rules leave the answer open, or wait for a
  /// probe.
  bool may_keep = false;
  std::string story;  // "group 7's page 2 answered 503 at 4m59.9s"
  /// The newest answer that it rests on, and the panel's true state then (null when unknown).
  Time at{};
  std::shared_ptr<const mockpanel::model::World> truth;
};

class Evidence {
 public:
  explicit Evidence(const Expectations& expectations);

  void begin_refresh(Time now);
  void add(const Exchanged& exchange);

  Reading<PackageFacts> package(std::int64_t id, Time now) const;
  Reading<GroupFacts> group(std::int64_t id, Time now) const;

  /// At `now` the refresh has used up its time, or the panel had asked to be left alone: then
  /// silence is no neglect.
  bool may_be_silent(Time now) const;

 private:
  template <class Facts>
  struct Heard {
    Exchanged exchange;  // without its body
    Says says = Says::nothing;
    bool doubtful = false;
    std::string story;
    Facts facts{};
  };
  using HeardPackage = Heard<PackageFacts>;
  using HeardPage = Heard<PageFacts>;
  struct Probe {
    Time asked{};
    Says says = Says::nothing;
  };

  template <class Facts, class Read>
  static Heard<Facts> hear(const Exchanged& exchange, const std::string& subject, Read read);
  /// What an answer 404 amounts to. `truly_gone` is absent when the truth is not known.
  template <class Facts>
  void judge_not_found(Reading<Facts>& reading, const Exchanged& exchange,
                       std::optional<bool> truly_gone, Time now) const;
  bool may_probe(Time now) const;
  void remember_patience(const Exchanged& exchange);

  const Expectations& expectations_;
  NeededFields needed_;
  Time began_{};
  Time patience_until_{};
  std::optional<Time> last_probe_;
  std::vector<Probe> probes_;                                   // of this refresh
  std::map<std::int64_t, HeardPackage> packages_;               // the newest answer
  std::map<std::int64_t, std::vector<HeardPage>> group_pages_;  // since page 1 was last asked for
};

}  // namespace vfstock::sim::invariants
