// StockKeeper: decides products, writes what was decided, and tells the journal.
//
// It owns no thread and never waits. Everything outside comes through ports, so the same object
// runs in a replay, in a forecast and in production. One product's failure never stops the others.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/capacity/capacity.h"
#include "engine/catalogue/catalogue.h"
#include "engine/panel/clock.h"
#include "engine/panel/panel.h"
#include "engine/stock/decision.h"
#include "engine/stock/journal.h"
#include "engine/stock/policy.h"

namespace vfstock::stock {

/// How each product of a refresh ended, each in exactly one of the last five counts.
struct Summary {
  std::int64_t total = 0, updated = 0, zeroed = 0, unchanged = 0, skipped = 0, held = 0;
  friend bool operator==(const Summary&, const Summary&) = default;
};

struct RefreshReport {
  Summary summary;
  /// The qty of the row after the refresh; nullopt where it was skipped or held.
  std::map<catalogue::ProductId, std::optional<std::int64_t>> qty;
  std::vector<JournalEntry> entries;  // in the order of the products
  /// Set when the shop itself could not be read, so that nothing was refreshed.
  std::optional<std::string> store_failure;
};

/// One product's decision with its derivation, for `explain`.
struct Explanation {
  Decision decision;
  catalogue::Product product;
  std::optional<panel::Told<panel::Package>> package;
  /// The product's groups in order, as far as they were looked up.
  std::vector<std::pair<panel::GroupId, panel::Told<panel::GroupResources>>> groups;
  std::optional<capacity::Breakdown> breakdown;  // of the found groups, in that order
};

class StockKeeper {
 public:
  struct Ports {
    catalogue::Catalogue& catalogue;
    panel::Panel& panel;
    Journal& journal;
    const panel::Clock& clock;
  };
  /// `panel_host` is the configured panel's host name, for products bound to a server group.
  StockKeeper(Ports ports, Policy policy, std::string panel_host = {});

  /// Decides and writes one product. A product that is not managed is not touched (empty report).
  RefreshReport refresh(catalogue::ProductId product, Trigger trigger);
  /// Decides and writes every managed product.
  RefreshReport sweep(Trigger trigger);
  /// Decides one product without writing and without journal; nullopt when it is not managed.
  /// Throws StoreError when the shop cannot be read.
  std::optional<Explanation> explain(catalogue::ProductId product);

  const Policy& policy() const noexcept { return policy_; }

 private:
  Ports ports_;
  Policy policy_;
  std::string panel_host_;
};

}  // namespace vfstock::stock
