// The onlooker of a replay: feeds the checker, keeps the transcript, counts, and the fingerprint.
//
// It stands at the wire, at the shop's table and behind the journal port, and passes on what it
// sees there. Nothing of the engine's own reading reaches the checker except through the journal.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/apply/journal.h"
#include "engine/schedule/keeper.h"
#include "sim/invariants/checker.h"
#include "sim/scenario/virtual_clock.h"
#include "sim/shop/shop.h"

namespace vfstock::sim::scenario {

/// The newest decision on a product, as `expect` names it.
struct LastDecision {
  std::string decision;  // "set" or "keep"
  std::string cause, trigger;
};

/// What has been seen since the previous `expect`, apart from what is newest at any time.
struct Seen {
  std::map<std::string, std::int64_t> requests;  // path without query -> times
  std::map<std::int64_t, std::int64_t> writes;   // product -> times
  std::map<std::int64_t, LastDecision> decisions;
  std::map<std::int64_t, std::int64_t> oversell;  // product -> places of the newest write
  std::optional<apply::Summary> summary;
};

class Recorder final : public apply::Journal {
 public:
  /// The shop's tables at this moment, and whether the engine could read them.
  struct Tables {
    std::vector<invariants::Row> rows;
    std::vector<invariants::Waiting> waiting;
    invariants::ShopAnswers answers;
  };
  using ReadTables = std::function<Tables()>;
  using AskShop = std::function<invariants::ShopAnswers()>;

  Recorder(invariants::Expectations expectations, const VirtualClock& clock, ReadTables tables,
           AskShop shop_answers);

  /// Sees every record before the checker does. At most one.
  using Onlooker = std::function<void(const invariants::Record&)>;
  void on_record(Onlooker onlooker) { onlooker_ = std::move(onlooker); }
  /// Whoever runs thousands of timelines reads none of their transcripts.
  void keep_no_transcript() { keeps_transcript_ = false; }

  void refresh_begins(apply::Trigger trigger, const plan::Scope& scope) override;
  void record(const apply::JournalEntry& entry) override;
  void refresh_ends(const apply::RefreshReport& report) override;
  void accepted(const apply::Acceptance& acceptance) override;
  void trouble(const std::string& text) override;

  void exchanged(const invariants::Exchanged& exchange);
  void wrote(std::int64_t product, std::int64_t old_qty, std::int64_t new_qty);
  void shop_changed();
  /// One of the shop's hooks reaches the engine.
  void hook(const std::string& name, std::optional<std::int64_t> product = std::nullopt,
            const std::string& module_type = {});
  /// Whether refreshes that begin from now on release the brake.
  void operator_forces(bool force) { forced_ = force; }
  void accepting(const shop::AcceptCall& call);
  void restarted(bool state_lost);
  void clock_stepped(std::chrono::milliseconds by);
  /// The timeline meddled; nothing is quiet before `until`.
  void disturbed(const std::string& what, invariants::Time until);
  /// Everything that was due has run.
  void step_ends(std::shared_ptr<const mockpanel::model::World> truth);
  /// Nothing more will happen.
  void timeline_ends(std::shared_ptr<const mockpanel::model::World> truth);
  /// A line of the transcript; the time is put before it.
  void note(const std::string& line);
  /// A violation found by the runner itself.
  void violated(const std::string& invariant, const std::string& detail);
  /// What the runner cannot judge, and why.
  void unknown(const std::string& invariant, const std::string& detail);
  /// Counts start again; what is newest stays.
  void start_counting_anew();

  const Seen& seen() const { return seen_; }
  std::vector<invariants::Violation> violations() const;
  const std::vector<std::string>& transcript() const { return transcript_; }
  std::int64_t requests() const { return requests_; }
  std::int64_t refreshes() const { return refreshes_; }
  std::int64_t writes(std::int64_t product) const;
  std::int64_t oversold() const;
  std::string fingerprint() const;

 private:
  void tell(const invariants::Record& record);
  void fold(const std::string& event);

  invariants::Checker checker_;
  const VirtualClock& clock_;
  ReadTables tables_;
  AskShop shop_answers_;
  Onlooker onlooker_;
  bool keeps_transcript_ = true;
  bool anything_new_ = true;  // since the last step's end
  bool forced_ = false;
  Seen seen_;
  std::vector<invariants::Violation> own_;
  std::vector<std::string> transcript_;
  std::map<std::int64_t, std::int64_t> writes_;
  std::int64_t requests_ = 0, refreshes_ = 0;
  std::uint64_t fingerprint_ = 14695981039346656037ULL;  // FNV-1a offset basis
};

}  // namespace vfstock::sim::scenario
