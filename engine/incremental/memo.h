// A Planner that does again only what can come out differently, for forecasts, which make thousands
// of plans a second. Production plans without it.
//
// One rule: where the inputs of a decision have the same versions as when it was made, it stands,
// and so does what was counted for it. Inputs of a product's decision are its row and surroundings
// (ShopProduct::version), its package (compared as a value), its groups (GroupResources::revision,
// and that of their blocks), and what is reserved. A response that a cache keeps under the version
// that was taken last is not even looked at (LookupResults), nor is a shop of the version that was
// followed last (Shop::version). Everything else of a plan is made anew each time: which products
// it is about, the qty that each row holds, the brake.
//
// Each input knows the products whose decisions rest on it, so a plan costs the inputs that became
// others and the products that rest on these.
//
// Nothing is remembered of an input that has no version: of what could not be looked up or read, or
// of a decision that failed. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
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
  /// A lookup as far as decisions mind, nullopt being Missing.
  template <class T>
  struct Input {
    std::optional<T> value;
    bool is_known = false;              // Unavailable is never known to be the same
    std::vector<std::size_t> products;  // that rest on it
  };
  using PackageInput = Input<panel::Package>;
  using GroupInput = Input<panel::GroupResources>;
  /// Inputs by id. Answers about the same ids come one after the other, so who stands where in
  /// them is known, and which version it was taken from.
  template <class Id, class T>
  struct Inputs {
    struct Told {
      Id id;
      std::uint64_t version;
      Input<T>* input;
    };
    std::map<Id, Input<T>> all;
    std::vector<Told> told;
  };
  /// What one product's decision rests on.
  struct Basis {
    std::uint64_t product = 0;  // version of its reading; 0: none
    std::vector<PackageInput*> packages;
    std::vector<GroupInput*> groups;
    bool is_open = false;  // it is among the products to be decided
    bool stands = false;   // it was decided, for good
  };

  void follow(const plan::Shop& shop);
  void follow_all(const plan::Shop& shop);
  bool has_products_of(const plan::Shop& shop) const;
  bool is_read(std::size_t index, const plan::ShopProduct& product) const;
  void begin(const plan::Shop& shop);
  void read(std::size_t index, const plan::Shop& shop);
  void link();
  template <class Id, class T, class Entries>
  void take(Inputs<Id, T>& inputs, const Entries& entries);
  template <class T>
  void take(Input<T>& input, const panel::Told<T>& told);
  void reserve(std::vector<plan::Reservation> reserved);
  void open(std::size_t index) noexcept;
  void decide(std::size_t index, const panel::LookupResults& answers);
  void decide_open(const plan::Scope& scope, const panel::LookupResults& answers);
  void settle(std::size_t index) noexcept;
  const plan::Plan& finish(plan::Plan& plan, const plan::Shop& shop, const plan::Brake& brake,
                           const plan::Request& request);

  const plan::Policy& policy_;
  GroupCounts counts_;
  plan::Decider decider_;
  plan::Plan whole_;            // every product of the shop as last decided
  std::vector<Basis> bases_;    // of each product of it
  std::uint64_t followed_ = 0;  // version of the shop; 0: none
  Inputs<panel::PackageId, panel::Package> packages_;
  Inputs<panel::GroupId, panel::GroupResources> groups_;
  bool are_linked_ = false;        // inputs know the products that rest on them
  std::vector<std::size_t> open_;  // products to be decided
  plan::Plan part_;                // the last plan of a part of the shop
  panel::Questions questions_;
  bool questions_are_whole_ = false;  // they are those of all products as they were last read
};

}  // namespace vfstock::incremental
