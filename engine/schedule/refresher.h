// One refresh after the other: gathers the shop and the panel's answers, has a plan made of them,
// and has it carried out.
//
// Nothing escapes but a shop that cannot be read at all: whatever goes wrong with one product is
// that product's Keep.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "engine/apply/apply.h"
#include "engine/panel/decorators/caching_panel.h"
#include "engine/plan/explanation.h"
#include "engine/plan/planner.h"
#include "engine/schedule/shop_reader.h"

namespace vfstock::schedule {

/// A plan and the answers that it was made of; these are good until the next look at the panel.
struct Planned {
  plan::Plan plan;
  panel::LookupResults answers;
};

/// Looks at a plan before it is carried out. False: nothing is to be written.
using Approve = std::function<bool(const plan::Plan&, const panel::LookupResults&)>;

class Refresher {
 public:
  struct Ports {
    catalogue::Catalogue& catalogue;
    panel::CachingPanel& panel;
    apply::Journal& journal;
    const Clock& clock;
  };
  /// What is to be refreshed, and why.
  struct Task {
    apply::Trigger trigger = apply::Trigger::cron;
    plan::Scope scope = plan::Scope::all();
    bool release_brake = false;
    bool report_products = false;  // whether somebody reads the report's products
    /// Null: no approval is needed. What was approved is carried out as it is.
    Approve approve = nullptr;
  };

  /// Policy and planner must outlive it. `planner` null: plans are made by make_plan() alone.
  Refresher(const Ports& ports, const plan::Policy& policy, std::string panel_host,
            plan::Planner* planner = nullptr)
      : ports_(ports),
        policy_(policy),
        shop_(ports.catalogue, policy, std::move(panel_host)),
        plain_(policy),
        planner_(planner == nullptr ? plain_ : *planner) {}
  Refresher(const Refresher&) = delete;
  Refresher& operator=(const Refresher&) = delete;

  /// Throws StoreError when the rows cannot be read; nothing was done then, as when the plan was
  /// not approved (`report.refused`).
  apply::Applied run(const Task& task, plan::Brake& brake);
  /// What run() would carry out now. Throws StoreError.
  Planned plan(const plan::Scope& scope, const plan::Brake& brake, bool release_brake);
  /// Plans one product alone, whatever the brake says.
  plan::Explanation explain(const catalogue::Product& row);

  ShopReader& shop() noexcept { return shop_; }

 private:
  struct Look;
  Look look(const plan::Scope& scope, const plan::Brake& brake, bool release_brake);
  /// Good until the next call.
  const panel::LookupResults& look_up(const panel::Questions& questions,
                                      std::chrono::milliseconds budget);
  std::chrono::milliseconds left_since(Instant began) const;

  const Ports ports_;
  const plan::Policy& policy_;
  ShopReader shop_;
  plan::PlainPlanner plain_;
  plan::Planner& planner_;
  panel::LookupResults failed_;  // where asking itself failed
};

}  // namespace vfstock::schedule
