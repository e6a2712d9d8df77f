// A small shop in front of a small panel, for tests of the stock room.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/catalogue/memory_catalogue.h"
#include "engine/stock/keeper.h"
#include "tests/unit/panel/fake_clock.h"
#include "tests/unit/panel/fake_panel.h"

namespace vfstock::stock {

class RecordingJournal final : public Journal {
 public:
  void record(const JournalEntry& entry) override { entries.push_back(entry); }
  std::vector<JournalEntry> entries;
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

/// One hypervisor with memory for `places` VPSes, and no other limit.
inline panel::Lookup<panel::GroupResources> group_taking(std::int64_t places) {
  capacity::Hypervisor hypervisor;
  hypervisor.id = 1;
  hypervisor.enabled = hypervisor.commissioned = true;
  hypervisor.memory_mb = {places * 1024, places * 1024};
  hypervisor.local_storage = capacity::StoragePool{0, true, 0, {}};
  return panel::Lookup<panel::GroupResources>::found(
      {1, std::make_shared<const capacity::HypervisorColumns>(std::vector{hypervisor})});
}

/// One hypervisor that nothing limits.
inline panel::Lookup<panel::GroupResources> group_unlimited() {
  capacity::Hypervisor hypervisor;
  hypervisor.enabled = hypervisor.commissioned = true;
  hypervisor.local_storage = capacity::StoragePool{0, true, 0, {}};
  return panel::Lookup<panel::GroupResources>::found(
      {1, std::make_shared<const capacity::HypervisorColumns>(std::vector{hypervisor})});
}

inline panel::Unavailable unavailable() {
  return {panel::Reason::server_error, "503 from the panel"};
}

struct StockWorld {
  panel::FakeClock clock;
  panel::FakePanel panel;
  catalogue::MemoryCatalogue shop;
  RecordingJournal journal;

  StockKeeper keeper(Policy policy = {}, std::string panel_host = {}) {
    return keeper_of(shop, std::move(policy), std::move(panel_host));
  }
  StockKeeper keeper_of(catalogue::Catalogue& store, Policy policy = {},
                        std::string panel_host = {}) {
    return StockKeeper({store, panel, journal, clock}, std::move(policy), std::move(panel_host));
  }
  std::int64_t qty(std::int64_t id) { return shop.row(pid(id))->qty; }
};

}  // namespace vfstock::stock
