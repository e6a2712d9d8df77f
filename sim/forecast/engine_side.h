// The production engine in a forecast: shop, store, clock and StockKeeper around a replicate's
// panel, which it reads as revisioned snapshots and never as JSON.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/apply/no_journal.h"
#include "engine/incremental/memo.h"
#include "engine/schedule/keeper.h"
#include "sim/forecast/scene.h"
#include "sim/forecast/snapshot_panel.h"
#include "sim/shop/memory_catalogue.h"
#include "sim/shop/shop.h"

namespace vfstock::sim::forecast {

/// The engine's clock; the replicate moves it.
class ForecastClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  WallTime wall() const override {
    using namespace std::chrono;
    return sys_days{year{2026} / January / 1} + now_;
  }
  void set(Time now) { now_ = Instant{now}; }

 private:
  Instant now_{0};
};

/// What one keeper leaves to the next. Nothing dies unforeseen here, so it is asked for only when a
/// keeper is replaced.
class Legacy final : public schedule::State {
 public:
  std::optional<schedule::Remembered> load() override { return left_; }
  void save(const schedule::Remembered& remembered) override { left_ = remembered; }
  bool wants_every_moment() const override { return false; }

 private:
  // The first keeper takes over from one that has nothing to remember.
  schedule::Remembered left_;
};

class EngineSide {
 public:
  /// Told of each write: index of the product, qty before and after.
  using OnWrite = std::function<void(std::int32_t, std::int64_t, std::int64_t)>;

  /// `fleet` and `terms` are the replicate's own; all must outlive it. `on_write` null: nobody is.
  EngineSide(const Scene& scene, const FleetColumns& fleet, const Terms& terms, OnWrite on_write);

  void set_clock(Time now) { clock_.set(now); }
  std::optional<Time> next_due() const;
  void run_due() { keeper_->run_due(); }
  void cron() { keeper_->cron(); }
  void view_cart(std::int32_t product) { keeper_->view_cart(id(product)); }

  /// Takes an order for one VPS; false: out of stock.
  bool order(std::int32_t product, std::int64_t group, std::int64_t service);
  void provisioned(std::int64_t service, std::int32_t product);
  /// The module failed for good: the customer gets the money back.
  void refund(std::int64_t service);
  void terminated(std::int64_t service, std::int32_t product);
  /// The VPS is gone without anybody having ended it.
  void forget(std::int64_t service) { shop_.forget(service); }

  /// As the shop shows it.
  std::int64_t qty(std::int32_t product) const;
  /// What the engine would set of each product if it looked now, orders on their way aside; nullopt
  /// where it would keep.
  std::vector<std::optional<std::int64_t>> fresh_qty();
  SnapshotPanel& panel() { return panel_; }
  void change_row(const catalogue::Product& row);
  void change_policy(const plan::Policy& policy);

 private:
  catalogue::ProductId id(std::int32_t product) const {
    return scene_.terms.rows[static_cast<std::size_t>(product)].id;
  }
  void module_event(schedule::ModuleEvent::Action action, std::int64_t service,
                    std::int32_t product);

  const Scene& scene_;
  ForecastClock clock_;
  shop::MemoryCatalogue tables_;
  shop::Shop shop_{tables_, clock_};
  apply::NoJournal journal_;
  Legacy state_;
  SnapshotPanel panel_;
  std::vector<const catalogue::Product*> rows_;
  plan::Policy policy_;
  std::unique_ptr<incremental::Memo> memo_;  // of policy_
  std::unique_ptr<schedule::StockKeeper> keeper_;
};

}  // namespace vfstock::sim::forecast
