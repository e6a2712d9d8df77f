// The daemon's engine for years, in virtual time: whether its memory stays flat.
//
//   integration_endurance [SWEEPS]
//
// 300 products of 10 packages in 10 groups of 100 hypervisors. Before each sweep a group changes;
// now and then one cannot be read, a service is created or ended, a cart is looked at. Prints the
// bytes that are allocated once every product was met and in the end. Exit status 1 where they
// grew by more than a hundredth, or where the sweeps did not do what they are meant to.
#include <atomic>
#include <cstdlib>
#include <new>
#include <ostream>
#include <string>

#include <fmt/format.h>
#include <malloc.h>

#include "engine/live/serve/recorder.h"
#include "engine/schedule/keeper.h"
#include "sim/scenario/virtual_clock.h"
#include "sim/shop/memory_catalogue.h"
#include "sim/shop/memory_state.h"

namespace {

std::atomic<std::int64_t> bytes_allocated{0};

void* counted(std::size_t size) {
  void* const block = std::malloc(size == 0 ? 1 : size);
  if (block == nullptr) throw std::bad_alloc();
  bytes_allocated += static_cast<std::int64_t>(malloc_usable_size(block));
  return block;
}

void uncounted(void* block) noexcept {
  if (block == nullptr) return;
  bytes_allocated -= static_cast<std::int64_t>(malloc_usable_size(block));
  std::free(block);
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* block) noexcept { uncounted(block); }
void operator delete[](void* block) noexcept { uncounted(block); }
void operator delete(void* block, std::size_t) noexcept { uncounted(block); }
void operator delete[](void* block, std::size_t) noexcept { uncounted(block); }

namespace vfstock::serve {
namespace {

constexpr std::int64_t products = 300, packages = 10, groups = 10, hypervisors_a_group = 100;

class CountingJournal final : public apply::Journal {
 public:
  void refresh_begins(apply::Trigger, const plan::Scope& scope) override {
    sweeps += scope.is_all() ? 1 : 0;
  }
  void record(const apply::JournalEntry& entry) override {
    written += entry.outcome == apply::Outcome::wrote ? 1 : 0;
    kept += entry.outcome == apply::Outcome::kept ? 1 : 0;
  }
  void refresh_ends(const apply::RefreshReport&) override {}
  void accepted(const apply::Acceptance&) override {}
  void trouble(const std::string&) override {}
  std::int64_t sweeps = 0, written = 0, kept = 0;
};

/// Tells of its groups what they are made to be; one of them may fail.
class ChangingPanel final : public panel::Panel {
 public:
  panel::Answers ask(const panel::Questions& questions, Milliseconds) override {
    panel::Answers answers;
    for (const panel::PackageId id : questions.packages) {
      answers.packages.try_emplace(
          id, panel::Told<panel::Package>{panel::Lookup<panel::Package>::found(package(id)), {}});
    }
    for (const panel::GroupId id : questions.groups) {
      answers.groups.try_emplace(id, panel::Told<panel::GroupResources>{resources(id), {}});
    }
    return answers;
  }
  panel::Told<panel::Connected> connect(Milliseconds) override {
    return {panel::Lookup<panel::Connected>::found({}), {}};
  }

  /// Another amount of what is free in this group.
  void change(std::int64_t group) {
    free_mb_[group] = 4096 + (free_mb_[group] + 2048) % 65536;
    known_.erase(group);
  }
  std::int64_t failing = 0;  // a group's id; 0: none

 private:
  static panel::Package package(panel::PackageId id) {
    return {.id = id,
            .name = "VPS",
            .enabled = true,
            .memory_mb = 1024 * id.value,
            .cores = 1,
            .storage_gb = 10,
            .storage_profile = 0};
  }
  panel::Lookup<panel::GroupResources> resources(panel::GroupId id) {
    if (id.value == failing) return panel::Unavailable{panel::Reason::server_error, "502"};
    const auto [known, is_new] = known_.try_emplace(id.value);
    if (is_new) known->second = made(id.value);
    return panel::Lookup<panel::GroupResources>::found(known->second);
  }
  panel::GroupResources made(std::int64_t group) {
    std::vector<capacity::Hypervisor> nodes(hypervisors_a_group);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto number = static_cast<std::int64_t>(i);
      capacity::Hypervisor& node = nodes[i];
      node.id = group * 1000 + number;
      node.name = fmt::format("node-{}", node.id);
      node.enabled = node.commissioned = true;
      node.memory_mb = {131072, free_mb_[group] + number};
      node.local_storage = capacity::StoragePool{0, true, 0, {}};
    }
    return {++revision_, std::make_shared<const capacity::HypervisorColumns>(nodes)};
  }

  std::uint64_t revision_ = 0;
  std::map<std::int64_t, std::int64_t> free_mb_;
  std::map<std::int64_t, panel::GroupResources> known_;
};

catalogue::Product product(std::int64_t id) {
  catalogue::Product made;
  made.id = catalogue::ProductId{id};
  made.name = fmt::format("VPS {}", id);
  made.servertype = "VirtFusionDirect";
  made.stockcontrol = 1;
  made.configoption1 = std::to_string(1 + id % groups);
  made.configoption2 = std::to_string(1 + id % packages);
  made.configoption3 = "1";
  made.configoption7 = "0";
  return made;
}

class Shop {
 public:
  Shop() {
    for (std::int64_t id = 1; id <= products; ++id) rows_.put(product(id));
  }
  /// What happens until the next cron, and the cron.
  void pass_two_hours(std::int64_t number) {
    panel_.change(1 + number % groups);
    panel_.failing = number % 11 == 0 ? 1 + number % groups : 0;
    if (number % 7 == 0) {
      keeper_.module_event({number % 2 == 0 ? schedule::ModuleEvent::Action::create
                                            : schedule::ModuleEvent::Action::terminate,
                            "VirtFusionDirect", catalogue::ServiceId{number},
                            catalogue::ProductId{1 + number % products}});
    }
    keeper_.view_cart(catalogue::ProductId{1 + number % products});
    const Instant end = clock_.now() + std::chrono::hours{2};
    while (keeper_.next_due() && *keeper_.next_due() <= end) {
      clock_.advance_to(*keeper_.next_due());
      keeper_.run_due();
    }
    clock_.advance_to(end);
    keeper_.cron();
    recorder_.tell(Role::writer, {});
    if (number % 100 == 0) told_ += metrics_.text().size();
  }
  const CountingJournal& journal() const { return journal_; }

 private:
  sim::scenario::VirtualClock clock_;
  ChangingPanel panel_;
  sim::shop::MemoryCatalogue rows_;
  catalogue::ShopLog seen_{rows_};
  CountingJournal journal_;
  sim::shop::MemoryState state_;
  schedule::NoBilling billing_;
  std::ostream nowhere_{nullptr};
  Log log_{nowhere_, clock_, {}};
  Heart heart_{clock_};
  Metrics metrics_{"endurance"};
  Board board_;
  Recorder recorder_{journal_, seen_, plan::Policy{}, {board_, metrics_, log_, heart_, clock_}, {}};
  schedule::StockKeeper keeper_{{seen_, panel_, recorder_, state_, billing_, clock_, &recorder_},
                                plan::Policy{}};
  std::size_t told_ = 0;
};

int run(std::int64_t wanted) {
  Shop shop;
  std::int64_t early = 0;
  for (std::int64_t number = 1; shop.journal().sweeps < wanted; ++number) {
    shop.pass_two_hours(number);
    if (number == products) early = bytes_allocated;
  }
  const CountingJournal& seen = shop.journal();
  const std::int64_t late = bytes_allocated;
  fmt::print("sweeps={} written={} kept={} bytes_once_all_was_met={} bytes_in_the_end={}\n",
             seen.sweeps, seen.written, seen.kept, early, late);
  const bool worked = seen.written > wanted && seen.kept > 0 && early > 0;
  return worked && late <= early + early / 100 ? 0 : 1;
}

}  // namespace
}  // namespace vfstock::serve

int main(int count, char** words) {
  constexpr std::int64_t usual = 600;
  return vfstock::serve::run(count > 1 ? std::atoll(words[1]) : usual);
}
