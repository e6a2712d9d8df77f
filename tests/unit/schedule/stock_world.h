// A small shop in front of a small panel, for tests of what decides, writes and keeps time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/schedule/keeper.h"
#include "sim/shop/memory_catalogue.h"
#include "tests/unit/panel/fake_clock.h"
#include "tests/unit/panel/fake_panel.h"

namespace vfstock::stock {

using namespace apply;
using namespace plan;
using namespace schedule;
using catalogue::OrderId;
using catalogue::ServiceId;

class RecordingJournal final : public Journal {
 public:
  void refresh_begins(Trigger trigger, const plan::Scope& scope) override {
    refreshes.push_back({trigger, scope});
  }
  void record(const JournalEntry& entry) override { entries.push_back(entry); }
  void refresh_ends(const RefreshReport& report) override { reports.push_back(report); }
  void accepted(const Acceptance& acceptance) override { acceptances.push_back(acceptance); }
  void trouble(const std::string& text) override { troubles.push_back(text); }

  struct Begun {
    Trigger trigger;
    Scope scope;
  };
  std::vector<Begun> refreshes;
  std::vector<JournalEntry> entries;
  std::vector<RefreshReport> reports;
  std::vector<Acceptance> acceptances;
  std::vector<std::string> troubles;
};

/// Refreshes at once, without any rule of time and without memory of any answer.
class BareRefresher {
 public:
  struct Ports {
    catalogue::Catalogue& catalogue;
    panel::Panel& panel;
    Journal& journal;
    const Clock& clock;
  };
  BareRefresher(const Ports& ports, Policy policy, std::string panel_host)
      : catalogue_(ports.catalogue),
        policy_(std::move(policy)),
        cache_(ports.panel, ports.clock, {seconds{0}, seconds{0}, seconds{0}}),
        refresher_({ports.catalogue, cache_, ports.journal, ports.clock}, policy_,
                   std::move(panel_host)),
        brake_(policy_) {}

  RefreshReport sweep(Trigger trigger) { return run(trigger, Scope::all()); }
  RefreshReport refresh(catalogue::ProductId product, Trigger trigger) {
    return run(trigger, Scope::of({product}));
  }
  std::optional<Explanation> explain(catalogue::ProductId product) {
    return refresher_.explain(*catalogue_.product(product));
  }

 private:
  using seconds = std::chrono::seconds;
  RefreshReport run(Trigger trigger, const Scope& scope) {
    return refresher_.run({trigger, scope, false, true}, brake_).report;
  }

  catalogue::Catalogue& catalogue_;
  Policy policy_;
  panel::CachingPanel cache_;
  Refresher refresher_;
  Brake brake_;
};

inline catalogue::ProductId pid(std::int64_t id) { return catalogue::ProductId{id}; }

/// A managed product of package `package` in group `group`, without a buffer.
inline catalogue::Product product(std::int64_t id, std::int64_t qty, std::string package = "1",
                                  std::string group = "1") {
  catalogue::Product made;
  made.id = pid(id);
  made.servertype = "VirtFusionDirect";
  made.stockcontrol = 1;
  made.qty = qty;
  made.configoption1 = std::move(group);
  made.configoption2 = std::move(package);
  made.configoption3 = "1";
  made.configoption7 = "0";
  return made;
}

/// 1024 MB, one core, 10 GB.
inline panel::Lookup<panel::Package> package_found(std::int64_t id, bool enabled = true) {
  return panel::Lookup<panel::Package>::found({.id = panel::PackageId{id},
                                               .name = "VPS",
                                               .enabled = enabled,
                                               .memory_mb = 1024,
                                               .cores = 1,
                                               .storage_gb = 10,
                                               .storage_profile = 0});
}

/// A group of this hypervisor, under a revision of its own.
inline panel::Lookup<panel::GroupResources> group_of(capacity::Hypervisor hypervisor) {
  static std::uint64_t revision = 0;
  return panel::Lookup<panel::GroupResources>::found(
      {++revision, std::make_shared<const capacity::HypervisorColumns>(std::vector{hypervisor})});
}

/// One hypervisor with memory for `places` VPSes, and no other limit.
inline panel::Lookup<panel::GroupResources> group_taking(std::int64_t places) {
  capacity::Hypervisor hypervisor;
  hypervisor.id = 1;
  hypervisor.enabled = hypervisor.commissioned = true;
  hypervisor.memory_mb = {places * 1024, places * 1024};
  hypervisor.local_storage = capacity::StoragePool{0, true, 0, {}};
  return group_of(hypervisor);
}

/// One hypervisor whose memory is used up.
inline panel::Lookup<panel::GroupResources> group_sold_out() {
  capacity::Hypervisor hypervisor;
  hypervisor.id = 1;
  hypervisor.enabled = hypervisor.commissioned = true;
  hypervisor.memory_mb = {4096, 0};
  hypervisor.local_storage = capacity::StoragePool{0, true, 0, {}};
  return group_of(hypervisor);
}

/// One hypervisor that nothing limits.
inline panel::Lookup<panel::GroupResources> group_unlimited() {
  capacity::Hypervisor hypervisor;
  hypervisor.enabled = hypervisor.commissioned = true;
  hypervisor.local_storage = capacity::StoragePool{0, true, 0, {}};
  return group_of(hypervisor);
}

inline panel::Unavailable unavailable() {
  return {panel::Reason::server_error, "503 from the panel"};
}

struct StockWorld {
  panel::FakeClock clock;
  panel::FakePanel panel;
  sim::shop::MemoryCatalogue shop;
  RecordingJournal journal;

  BareRefresher refresher(Policy policy = {}, std::string panel_host = {}) {
    return refresher_of(shop, std::move(policy), std::move(panel_host));
  }
  BareRefresher refresher_of(catalogue::Catalogue& store, Policy policy = {},
                             std::string panel_host = {}) {
    return BareRefresher({store, panel, journal, clock}, std::move(policy), std::move(panel_host));
  }
  std::int64_t qty(std::int64_t id) { return shop.find(pid(id))->qty; }
};

}  // namespace vfstock::stock
