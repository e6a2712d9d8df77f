// What the panel's answers allow to be known of a package or a group at this moment.
//
// The one place that decides which answers count: those of the running refresh, and of earlier ones
// what was found or is confirmed missing, as long as it is young enough and no event has made the
// client forget it. Probes and requests for patience are remembered over the whole trace.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/invariants/answer.h"
#include "sim/invariants/checker.h"
#include "sim/invariants/kept_moment.h"
#include "sim/invariants/panel_lists.h"
#include "sim/invariants/patience.h"
#include "sim/invariants/reading.h"
#include "sim/invariants/recount.h"
#include "sim/invariants/target.h"

namespace vfstock::sim::invariants {

enum class Known {
  found,
  missing,      // the panel says that there is no such record, and is to be believed
  unavailable,  // asked, and no answer that counts
  unprobed,     // truly gone, as an answer said, but nobody probed or asked once more
  partial,      // not asked, or not for every page
  stale,        // known once, but too old by now or forgotten since
};

/// What is known of one package or group, and how.
template <class Facts>
struct Reading {
  Known known = Known::partial;
  Facts facts{};
  /// A client that keeps the qty is right, too: the rules leave the answer open.
  bool may_keep = false;
  std::string story;  // "group 7's page 2 answered 503 at 4m59.9s"
  /// The newest answer that it rests on, and the panel's true state then (null when unknown).
  Time at{};
  std::shared_ptr<const mockpanel::model::World> truth;
  /// The panel told what was not so, and no client could know.
  bool lied = false;
};

/// What a decision can rest on.
class Knowledge {
 public:
  virtual ~Knowledge() = default;
  virtual Reading<PackageFacts> package(std::int64_t id, Time now) const = 0;
  virtual Reading<GroupFacts> group(std::int64_t id, Time now) const = 0;
  /// At `now` the refresh has used up its time, or the panel had asked to be left alone: then
  /// silence is no neglect.
  virtual bool may_be_silent(Time now) const = 0;
};

class Evidence final : public Knowledge {
 public:
  explicit Evidence(const Expectations& expectations);

  void begin_refresh(Time now);
  void add(const Exchanged& exchange);
  /// An event makes the client ask for these groups anew.
  void forget_groups(const std::vector<std::int64_t>& groups);
  /// A deletion at its end, at `due`, does so once more.
  /// nullopt: it was not known which, so everything.
  void forget_at(Time due, std::optional<std::vector<std::int64_t>> groups);
  void forget_everything();
  /// The client started anew: besides, it knows nothing of the panel's lists.
  void begin_anew();
  /// A client that lost its state no longer knows what it was to forget later.
  void lose_plans() {
    forgettings_.clear();
    undated_.clear();
  }
  /// The client kept what it is to forget later as calendar time, and the calendar was set: it may
  /// do so at any moment until a deletion's grace has passed anew.
  void lose_dates_of_plans(Time now);
  /// The client kept a request for patience as calendar time, and the calendar was set: it may be
  /// silent for as long as any panel may ask.
  void lose_count_of_patience(Time now);
  void set_calendar(const ClockStepped& step) {
    calendar_.set(step);
    last_probe_.calendar_set();
  }
  void client_started(Time now) { last_probe_.client_started(now); }

  Reading<PackageFacts> package(std::int64_t id, Time now) const override;
  Reading<GroupFacts> group(std::int64_t id, Time now) const override;
  bool may_be_silent(Time now) const override;
  /// Why an answer that the client must still have made this request needless; nullopt: it did not.
  std::optional<std::string> needless(const Exchanged& exchange) const;

 private:
  /// What an answer's bytes say, whenever they come.
  template <class Facts>
  struct Told {
    Says says = Says::nothing;
    bool doubtful = false;
    std::string story;
    Facts facts{};
  };
  template <class Facts>
  struct Heard : Told<Facts> {
    Exchanged exchange;  // without its body
    std::size_t number = 0;
  };
  /// The same bytes read the same, and most answers repeat an earlier one. Their hash comes first:
  /// what is not the same differs late.
  template <class Facts>
  using BytesRead = std::map<std::pair<std::size_t, std::string>, Told<Facts>>;
  using HeardPackage = Heard<PackageFacts>;
  using HeardPage = Heard<PageFacts>;
  /// What an earlier refresh learnt.
  template <class Facts>
  struct Remembered {
    Reading<Facts> reading;
    Time began{};  // the refresh that learnt it
    bool forgotten = false;
  };
  struct Forgetting {
    Time due{};
    std::optional<std::vector<std::int64_t>> groups;  // nullopt: everything
  };
  struct Probe {
    std::size_t number = 0;
    bool vouches = false;
  };
  /// A 404 of this refresh that was followed by another question about the same.
  using Earlier = std::map<std::int64_t, std::vector<std::size_t>>;

  template <class Facts, class Read>
  Told<Facts> read_anew(const Exchanged& exchange, Read read) const;
  template <class Facts, class Read>
  Heard<Facts> hear(const Exchanged& exchange, const std::string& subject, BytesRead<Facts>& known,
                    Read read) const;
  /// What an answer 404, by its number, amounts to. `truly_gone` is absent when the truth is not
  /// known.
  template <class Facts>
  void judge_not_found(Reading<Facts>& reading, const std::vector<std::size_t>& earlier,
                       std::size_t number, std::optional<bool> truly_gone, Time now) const;
  static const std::vector<std::size_t>& earlier_of(const Earlier& earlier, std::int64_t id);
  void add_package(const Exchanged& exchange, std::int64_t id);
  void add_packages(const Exchanged& exchange);
  void add_page(const Exchanged& exchange, const Target& target);
  /// Whether to ask again what answered 404 is what a GET /connect since then calls for.
  bool is_second_question(Says says, std::size_t number) const;
  /// Of the groups that this refresh asked about, those that list a hypervisor of another.
  const std::set<std::int64_t>& overlapping() const;
  bool may_probe(Time now) const;
  Reading<PackageFacts> heard_package(std::int64_t id, Time now) const;
  Reading<GroupFacts> heard_group(std::int64_t id, Time now) const;
  void add_lists(Reading<GroupFacts>& group) const;
  void remember_refresh();
  template <class Facts>
  std::chrono::seconds lifetime(const Reading<Facts>& reading) const;
  template <class Facts>
  Reading<Facts> recall(const std::map<std::int64_t, Remembered<Facts>>& memory, std::int64_t id,
                        Time now, const std::string& name) const;
  template <class Facts>
  std::optional<std::string> still_known(const std::map<std::int64_t, Remembered<Facts>>& memory,
                                         std::int64_t id, Time now) const;
  template <class Facts>
  bool may_be_forgotten(const Remembered<Facts>& known, std::int64_t id) const;
  void remember_patience(const Exchanged& exchange);

  const Expectations& expectations_;
  NeededFields needed_;
  PanelLists lists_{expectations_.group_ttl};
  Calendar calendar_;
  Time began_{};
  Time patience_until_{};
  Time latest_{};  // the newest answer
  KeptMoment last_probe_;
  /// How many exchanges there were. Their order is their number's: many answer at once, at one
  /// time.
  std::size_t count_ = 0;
  Earlier packages_gone_, groups_gone_;
  mutable std::pair<std::size_t, std::set<std::int64_t>> overlapping_;  // as of which count
  std::vector<Probe> probes_;                                           // of this refresh
  std::map<std::int64_t, HeardPackage> packages_;                       // the newest answer
  std::map<std::int64_t, std::vector<HeardPage>> group_pages_;  // since page 1 was last asked for
  std::map<std::int64_t, Remembered<PackageFacts>> known_packages_;
  std::map<std::int64_t, Remembered<GroupFacts>> known_groups_;
  std::vector<Forgetting> forgettings_;
  std::vector<Forgetting> undated_;  // due at any moment until the one that is named
  BytesRead<PackageFacts> read_packages_;
  BytesRead<PageFacts> read_pages_;
};

}  // namespace vfstock::sim::invariants
