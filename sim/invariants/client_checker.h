// Judges the qtys of somebody else's client, moment by moment.
//
// A moment is one run of the client: its requests, and the qty that each product shall have after
// it. How it asks is its own affair: in any order, several at once, again, more than it needs, or
// not at all while it may still remember. No rule demands what our engine does beyond the panel's
// answers: no cache, no rate limit, no brake.
//
// What is judged of a write: it rests on answers that were seen and count (keep-on-unavailable,
// never-partial, fresh), it is 0 where the package is gone or disabled (zero-on-missing), it fits
// the column (never-negative), the row is one to write (only-managed), and it is right: the exact
// count (truth-on-found), or, where the count is the client's own affair, no more than can be
// placed (provisionable) and not 0 while there is room. What is judged of silence: at the last
// moment at which nothing was wrong with the panel each product stands within the truth (converges,
// zero-on-missing), and a client that asked nothing, or failed, while nothing was wrong is told so
// (answer). Where nothing could be judged the verdict is unknown.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/invariants/client_evidence.h"
#include "sim/invariants/expected.h"

namespace vfstock::sim::invariants {

/// The shop and the panel when a client is asked.
struct ClientMoment {
  Time at{};
  std::string trigger;
  std::optional<std::int64_t> product;  // the one that it is about; absent: all
  std::vector<Row> rows;
  std::vector<Waiting> waiting;
  std::shared_ptr<const mockpanel::model::World> truth;
  /// Whether something may be wrong with GET of this path at this moment.
  std::function<bool(const std::string& path)> troubled;
};

/// What came of it.
struct ClientOutcome {
  std::map<std::int64_t, std::int64_t> qty;  // as the client said
  std::string failure;                       // how it failed; empty: it did not
};

class ClientChecker {
 public:
  /// `exact`: the count is judged to the unit, as the policy counts.
  ClientChecker(Expectations expectations, bool exact);
  ClientChecker(const ClientChecker&) = delete;
  ClientChecker& operator=(const ClientChecker&) = delete;

  void begin(ClientMoment moment);
  /// A request of the client's and its answer, in the order in which they were answered.
  void answered(const Exchanged& exchange) { evidence_.add(exchange); }
  void end(const ClientOutcome& outcome);
  /// The timeline is over. Call once.
  void finish();

  const std::vector<Violation>& violations() const noexcept { return violations_; }

 private:
  /// What one qty is, held against what the answers say.
  struct Judgement {
    bool fine = true;
    std::string invariant;
    Verdict verdict = Verdict::violated;
    std::string why;
  };
  /// A verdict that falls when nothing better comes after it.
  struct Standing {
    Time at{};
    Judgement judgement;
    std::int64_t qty = 0;
    int gone_in_a_row = 0;  // moments at which a package that is gone was still sold
  };
  /// Moments at which the client did nothing although nothing was wrong.
  struct Silence {
    int moments = 0;
    Time first{};
    std::string how;
  };

  bool concerns(const Row& row) const;
  bool is_healthy(const ShopColumns& columns) const;
  bool could_have_asked(const Row& row) const;
  std::set<std::int64_t> mass_fall() const;
  std::vector<Expected> expected_by_answers(const Row& row) const;
  Expected by_truth(const Row& row) const;
  bool has_room_for_certain(const Row& row, const Expected& expected) const;
  Judgement judge(const Row& row, std::int64_t qty, const Expected& expected) const;
  Judgement judge_count(const Row& row, std::int64_t qty, const Expected& expected) const;
  Judgement best(const Row& row, std::int64_t qty, const std::vector<Expected>& ways) const;
  void judge_write(const Row& row, std::int64_t qty);
  void judge_standing(const Row& row, std::int64_t qty, bool may_wait);
  void judge_silence(const std::string& failure);
  void report(Time at, const Judgement& judgement, const std::string& subject);

  const Expectations expectations_;
  const bool exact_;
  ClientEvidence evidence_;
  ClientMoment moment_;
  std::vector<Held> held_;
  int moments_ = 0, judged_ = 0;
  std::map<std::int64_t, Standing> standing_;
  Silence asked_nothing_, failed_;
  std::vector<Violation> violations_;
};

}  // namespace vfstock::sim::invariants
