// A Planner that does again only what can come out differently, for forecasts, which make thousands
// of plans a second. Production plans without it.
//
// One rule: where the inputs of a decision have the same versions as when it was made, it stands,
// and so does what was counted for it. Inputs of a product's decision are its row and surroundings
// (ShopProduct::version), its package (compared as a value), its groups (GroupResources::revision),
// and what is reserved. Everything else of a plan is made anew each time: which products it is
// about, the qty that each row holds, the brake.
//
// Nothing is remembered of an input that has no version: of what could not be looked up or read, or
// of a decision that failed. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "engine/incremental/group_counts.h"
#include "engine/plan/planner.h"

namespace vfstock::incremental {

class Memo final : public plan::Planner {
 public:
  /// The policy must outlive it. Shops and answers must be those of one shop and one panel.
  explicit Memo(const plan::Policy& policy) : policy_(policy), decider_(policy, counts_) {}

  const panel::Questions& questions(const plan::Shop& shop, const plan::Scope& scope) override;
  const plan::Plan& plan(const plan::Shop& shop, const panel::LookupResults& answers,
                         const plan::Brake& brake, const plan::Request& request) override;

 private:
  /// An input, and when it last became another: the number of a plan.
  template <class T>
  struct Input {
    T value{};
    bool is_known = false;
    std::uint64_t changed = 0;
  };
  /// A lookup as far as decisions mind; Unavailable is never known to be the same.
  using PackageInput = Input<std::optional<panel::Package>>;       // nullopt: Missing
  using GroupInput = Input<std::optional<panel::GroupResources>>;  // the same
  /// What one product's decision rests on.
  struct Basis {
    std::uint64_t product = 0;  // version of its reading; 0: none
    std::vector<const PackageInput*> packages;
    std::vector<const GroupInput*> groups;
    std::uint64_t decided = 0;  // the plan that decided it; 0: none, or not for good
  };

  void follow(const plan::Shop& shop);
  bool has_products_of(const plan::Shop& shop) const;
  bool is_read(std::size_t index, const plan::ShopProduct& product) const;
  void begin(const plan::Shop& shop);
  void read(std::size_t index, const plan::Shop& shop);
  void take(const panel::LookupResults& answers);
  void decide(std::size_t index, const panel::LookupResults& answers);
  bool stands(const Basis& basis) const;
  const plan::Plan& finish(plan::Plan& plan, const plan::Shop& shop, const plan::Brake& brake,
                           const plan::Request& request);

  const plan::Policy& policy_;
  GroupCounts counts_;
  plan::Decider decider_;
  std::uint64_t number_ = 0;  // of the present plan
  plan::Plan whole_;          // every product of the shop as last decided
  std::vector<Basis> bases_;  // of each product of it
  std::map<panel::PackageId, PackageInput> packages_;
  std::map<panel::GroupId, GroupInput> groups_;
  std::uint64_t reserved_changed_ = 0;
  plan::Plan part_;  // the last plan of a part of the shop
  panel::Questions questions_;
  bool questions_are_whole_ = false;  // they are those of all products as they were last read
};

}  // namespace vfstock::incremental
