// What somebody else's client can have learnt: from the answers of the present moment, in whatever
// order, as often and as many at a time as it asked, and from what it may still remember.
//
// Nothing is said of how a client must ask. Where it got several answers about one thing, each that
// counts is one that it may have used; an answer counts as long as the policy lets answers live.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/invariants/evidence.h"
#include "sim/invariants/shop_columns.h"

namespace vfstock::sim::invariants {

class ClientEvidence {
 public:
  explicit ClientEvidence(const Expectations& expectations);

  /// Another moment begins; what was learnt until now is remembered.
  void begin_moment(Time now);
  /// An answer of this moment.
  void add(const Exchanged& exchange);

  std::size_t asked() const { return count_ - count_before_; }  // in this moment
  bool met_a_fault() const { return met_a_fault_; }             // in this moment
  /// Until when the panel asked to be left alone.
  Time quiet_until() const { return quiet_until_; }

  /// Every way of taking the answers about this product's package and groups, at least one: where
  /// none counts, the way says so. At most `choices_max`.
  std::vector<std::unique_ptr<const Knowledge>> choices(const ShopColumns& columns, Time now) const;
  static constexpr std::size_t choices_max = 64;

 private:
  struct Heard {
    Says says = Says::nothing;
    bool doubtful = false;
    std::string story;
    Time at{};
    std::shared_ptr<const mockpanel::model::World> truth;
    bool lied = false;
    std::size_t number = 0;
  };
  struct HeardPackage : Heard {
    PackageFacts facts;
  };
  struct HeardPage : Heard {
    std::int64_t asked_for = 1;
    PageFacts facts;
  };
  template <class Facts>
  using Readings = std::vector<Reading<Facts>>;
  using Listed = std::map<std::int64_t, std::optional<PackageFacts>>;  // nullopt: unreadable

  Heard heard(const Exchanged& exchange, const std::string& subject, const Answer& answer) const;
  void hear_package(const Exchanged& exchange, std::int64_t id);
  void hear_packages(const Exchanged& exchange);
  void hear_page(const Exchanged& exchange, const Target& target);

  /// Whether this 404 may be believed: it is so, or GET /connect was answered behind it.
  bool is_believable(const Heard& heard, bool truly_gone) const;
  std::optional<Reading<PackageFacts>> listed(std::int64_t id) const;
  Readings<PackageFacts> fresh_package(std::int64_t id) const;
  Readings<GroupFacts> fresh_group(std::int64_t id) const;
  /// Every group that whole sets of pages make; `contradicts` is set where a set does not agree.
  static Readings<GroupFacts> whole_groups(const std::vector<HeardPage>& pages,
                                           std::optional<std::string>& contradicts);
  Readings<PackageFacts> package(std::int64_t id, Time now) const;
  Readings<GroupFacts> group(std::int64_t id, Time now) const;
  template <class Facts>
  void recall(const std::map<std::int64_t, Readings<Facts>>& memory, std::int64_t id, Time now,
              Readings<Facts>& readings) const;
  template <class Facts>
  std::chrono::seconds lifetime(const Reading<Facts>& reading) const;

  const Expectations& expectations_;
  NeededFields needed_;
  Calendar calendar_;
  Time quiet_until_{};
  std::size_t count_ = 0, count_before_ = 0;
  bool met_a_fault_ = false;
  std::vector<std::size_t> vouched_;  // numbers of GET /connect that were answered
  std::map<std::int64_t, std::vector<HeardPackage>> packages_;
  std::vector<std::pair<Heard, Listed>> lists_;  // GET /packages
  std::map<std::int64_t, std::vector<HeardPage>> pages_;
  std::map<std::int64_t, Readings<PackageFacts>> known_packages_;
  std::map<std::int64_t, Readings<GroupFacts>> known_groups_;
};

}  // namespace vfstock::sim::invariants
