// The managed products as the engine last read them, standing from one refresh to the next.
//
// A shelf holds a product's row, its terms, where the panel's answers about it stand, and the
// decision that was last made of all these. read() brings the rows up to date: the ones that the
// shop says have changed, or all of them when it cannot tell, which is the same as starting anew. A
// remembered decision stands as long as nothing that it rests on has changed; whoever changes terms
// drops it.
//
// A shelf whose decision stands and whose row holds the decided qty can be put to rest. A sweep
// need not look at it until something wakes it: its row, terms, an answer, any reservation.
// Everything that may matter wakes, for a shelf that is woken in vain costs a look and no more. Not
// thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/catalogue/catalogue.h"
#include "engine/panel/decorators/caching_panel.h"
#include "engine/plan/decider.h"
#include "engine/plan/decision.h"
#include "engine/plan/policy.h"
#include "engine/plan/terms.h"

namespace vfstock::schedule {

/// The decision that was last made for a shelf.
struct LastDecision {
  plan::Decision decision;
  /// False for what must be decided again whatever the answers: its cause may pass by itself.
  bool may_stand = false;
  std::uint64_t answers = 0;   // version of the cache when it was made
  std::uint64_t reserved = 0;  // version of the reservations
};

struct Shelf {
  catalogue::Product row;
  std::optional<plan::Terms> terms;  // nullopt: to be read
  plan::Grounds grounds;             // of the terms; empty where they refuse
  std::optional<LastDecision> last;

  /// Other terms, or none: nothing that was decided before stands.
  void forget_terms();
  /// What could not be read last time can perhaps be read now.
  bool knows_terms() const {
    return terms && !(terms->refusal && plan::is_transient(terms->refusal->cause));
  }
  /// Whether the last decision would be made again. `newest`: of the answers that stand.
  bool stands(std::uint64_t newest, std::uint64_t reserved) const {
    if (!last || !last->may_stand || last->reserved != reserved) return false;
    if (last->answers == newest) return true;     // nothing was told since
    if (grounds.package == nullptr) return true;  // the terms refuse
    if (grounds.package->version() > last->answers) return false;
    return std::none_of(grounds.groups.begin(), grounds.groups.end(),
                        [&](const auto* group) { return group->version() > last->answers; });
  }
  /// Whether the row holds the qty that was decided, so that nothing is to be done.
  bool is_settled() const {
    const plan::SetQty* const set = last->decision.if_set();
    return set != nullptr && set->set.qty() == row.qty;
  }
};

class Shelves {
 public:
  /// All must outlive it.
  Shelves(catalogue::Catalogue& catalogue, panel::CachingPanel& panel, const plan::Policy& policy,
          const std::string& panel_host)
      : catalogue_(catalogue), panel_(panel), policy_(policy), panel_host_(panel_host) {}

  /// Brings the rows up to date. Throws StoreError; then the next call reads everything.
  void read();
  /// The same where the shop can tell what has changed; false, and nothing is known: it cannot.
  bool follow();

  /// By ascending product.
  std::span<Shelf> all() noexcept { return shelves_; }
  /// Null: no managed product has this id.
  Shelf* find(catalogue::ProductId product);
  /// How many products have stock.
  std::size_t stocked() const;

  /// Terms of a row as the shop stands now. Throws nothing: what fails is a refusal.
  plan::Terms terms_of_row(const catalogue::Product& row) const;
  /// Reads the shelf's terms, also where others are known.
  void read_terms(Shelf& shelf);
  /// Puts a row and its terms on the shelf.
  void replace(Shelf& shelf, catalogue::Product row, plan::Terms terms);
  /// Everything that a sweep has to look up; all terms must be known.
  panel::CachingPanel::KeptBatch& whole_batch();

  /// Adds those that are awake, by ascending product.
  void add_awake(std::vector<Shelf*>& awake);
  /// The shelf must stand and be settled, on the answers that wake_by_answers() has seen.
  void put_to_rest(const Shelf& shelf);
  void wake(const Shelf& shelf) { wake(index(shelf)); }
  void wake_all();
  /// Wakes whoever rests on an answer that is new since the last call. After a look-up of
  /// whole_batch().
  void wake_by_answers();

 private:
  void read_everything(catalogue::Revision now);
  void put_down_users();
  void wake(std::size_t index);
  std::size_t index(const Shelf& shelf) const {
    return static_cast<std::size_t>(&shelf - shelves_.data());
  }
  void read_row(catalogue::ProductId product);
  std::vector<Shelf>::iterator place(catalogue::ProductId product);

  catalogue::Catalogue& catalogue_;
  panel::CachingPanel& panel_;
  const plan::Policy& policy_;
  const std::string& panel_host_;
  std::vector<Shelf> shelves_;
  std::vector<catalogue::ProductId> products_;  // of each shelf, close together for searches
  std::optional<catalogue::Revision> seen_;     // nullopt: nothing is known
  panel::CachingPanel::KeptBatch whole_;
  bool whole_is_known_ = false;                              // and with it all of the following
  std::vector<std::vector<std::size_t>> users_of_packages_;  // of each in the whole batch, shelves
  std::vector<std::vector<std::size_t>> users_of_groups_;
  std::vector<std::uint64_t> awake_;  // a bit for each shelf; while the whole is not known all are
  std::uint64_t seen_answers_ = 0;    // version of the cache up to which answers have woken
  std::uint64_t seen_packages_ = 0;   // the same for CachingPanel::package_news()
};

/// Adds what a decision on these grounds needs.
void add_to(panel::CachingPanel::Batch& batch, const plan::Grounds& grounds);

}  // namespace vfstock::schedule
