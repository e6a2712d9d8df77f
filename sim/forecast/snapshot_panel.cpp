#include "sim/forecast/snapshot_panel.h"

#include <algorithm>
#include <utility>

namespace vfstock::sim::forecast {
namespace {

constexpr std::size_t hypervisors_per_page = 200;
constexpr std::size_t hypervisors_per_default_page = 20;
// Who lies further behind is made anew.
constexpr std::size_t touched_max = 1000;

panel::Unavailable silent() {
  return {panel::Reason::server_error, "503: the panel's API does not answer"};
}

capacity::FurtherDisks further_disks(const mockpanel::model::Package& package) {
  capacity::FurtherDisks disks;
  for (std::size_t i = 0; i < disks.size(); ++i) {
    const mockpanel::model::AdditionalDisk& disk = package.additional[i];
    if (disk.enabled) disks[i] = {disk.gb, disk.storage_profile};
  }
  return disks;
}

std::string datastore_name(const mockpanel::model::Hypervisor& hypervisor, std::int64_t pool) {
  const auto found = std::find_if(hypervisor.others.begin(), hypervisor.others.end(),
                                  [pool](const auto& each) { return each.id == pool; });
  const bool is_datastore = found != hypervisor.others.end() && found->is_datastore;
  return is_datastore ? found->name : std::string();
}

capacity::Quota quota(const Quota& mine) { return {mine.max, mine.free()}; }

}  // namespace

SnapshotPanel::SnapshotPanel(const mockpanel::model::World& world, const FleetColumns& fleet,
                             const Terms& terms)
    : world_(world), fleet_(fleet), terms_(terms), groups_(fleet.group_ids().size()) {}

void SnapshotPanel::read_as(panel::HttpPanelOptions options) {
  options_ = std::move(options);
  for (std::size_t group = 0; group < groups_.size(); ++group) {
    touch_group(static_cast<std::int32_t>(group));
  }
}

void SnapshotPanel::touch(std::int32_t hypervisor) {
  Group& group = groups_[static_cast<std::size_t>(fleet_.group_of(hypervisor))];
  for (Edition& edition : group.editions) {
    if (edition.touched.size() >= touched_max) edition.columns.reset();
    if (edition.columns) edition.touched.push_back(hypervisor);
  }
  ++group.revision;
}

void SnapshotPanel::touch_group(std::int32_t group) {
  for (Edition& edition : groups_[static_cast<std::size_t>(group)].editions) {
    edition.columns.reset();
  }
  ++groups_[static_cast<std::size_t>(group)].revision;
}

panel::Answers SnapshotPanel::ask(const panel::Questions& questions, Milliseconds) {
  const std::int64_t before = requests_;
  panel::Answers answers = truth(questions);
  requests_ = before + static_cast<std::int64_t>(answers.packages.size());
  for (auto& [id, told] : answers.groups) {
    const panel::GroupResources* const found = told.lookup.if_found();
    const std::size_t size = found == nullptr ? 0 : found->hypervisors->size();
    requests_ += answering_ && !options_.first_page_only
                     ? static_cast<std::int64_t>(std::max<std::size_t>(
                           1, (size + hypervisors_per_page - 1) / hypervisors_per_page))
                     : 1;
  }
  if (answering_) return answers;
  for (auto& [id, told] : answers.packages) told.lookup = silent();
  for (auto& [id, told] : answers.groups) told.lookup = silent();
  return answers;
}

panel::Answers SnapshotPanel::truth(const panel::Questions& questions) {
  panel::Answers answers;
  answers.packages.reserve(questions.packages.size());
  answers.groups.reserve(questions.groups.size());
  for (const panel::PackageId id : questions.packages) {
    answers.packages.emplace_hint(answers.packages.end(), id, package(id));
  }
  for (const panel::GroupId id : questions.groups) {
    answers.groups.emplace_hint(answers.groups.end(), id,
                                panel::Told<panel::GroupResources>{group(id), {}});
  }
  return answers;
}

panel::Told<panel::Connected> SnapshotPanel::connect(Milliseconds) {
  ++requests_;
  if (!answering_) return {silent(), {}};
  return {panel::Lookup<panel::Connected>::found({}), {}};
}

const panel::Told<panel::Package>& SnapshotPanel::package(panel::PackageId id) {
  const auto known = packages_.find(id);
  if (known != packages_.end()) return known->second;
  return packages_.emplace(id, panel::Told<panel::Package>{look_up(id), {}}).first->second;
}

panel::Lookup<panel::Package> SnapshotPanel::look_up(panel::PackageId id) const {
  const auto known = terms_.packages.find(id.value);
  if (known == terms_.packages.end()) return panel::Missing{};
  const mockpanel::model::Package& package = known->second;
  return panel::Lookup<panel::Package>::found({id, package.name, package.enabled, package.memory_mb,
                                               package.cores, package.storage_gb,
                                               package.storage_profile, further_disks(package)});
}

panel::Lookup<panel::GroupResources> SnapshotPanel::group(panel::GroupId id) {
  const std::int32_t index = fleet_.group_index(id.value);
  if (index < 0) return panel::Missing{};
  Group& group = groups_[static_cast<std::size_t>(index)];
  bring_up_to_date(group, index);
  return panel::Lookup<panel::GroupResources>::found(
      {group.revision, group.editions.front().columns});
}

// The edition that was answered last is left alone as long as somebody may still hold it.
void SnapshotPanel::bring_up_to_date(Group& group, std::int32_t index) {
  if (group.answered == group.revision) return;
  const auto is_held = [](const Edition& edition) { return edition.columns.use_count() > 1; };
  const auto free = std::find_if_not(group.editions.begin(), group.editions.end(), is_held);
  if (free != group.editions.end()) std::swap(group.editions.front(), *free);
  Edition& edition = group.editions.front();
  const bool is_shared = is_held(edition);
  if (!edition.columns || is_shared) {
    make_anew(group, index, edition);
  } else {
    std::sort(edition.touched.begin(), edition.touched.end());
    const auto end = std::unique(edition.touched.begin(), edition.touched.end());
    for (auto hypervisor = edition.touched.begin(); hypervisor != end; ++hypervisor) {
      const std::int32_t at = row_of(group, index, *hypervisor);
      if (at < 0) continue;
      row_ = edition.columns->rows()[static_cast<std::size_t>(at)];
      fill(row_, *hypervisor);
      edition.columns->replace_row(static_cast<std::size_t>(at), row_, group.revision);
    }
  }
  edition.touched.clear();
  group.answered = group.revision;
}

std::int32_t& SnapshotPanel::row_of(Group& group, std::int32_t index,
                                    std::int32_t hypervisor) const {
  return group.rows[static_cast<std::size_t>(hypervisor - fleet_.members(index).begin)];
}

void SnapshotPanel::make_anew(Group& group, std::int32_t index, Edition& edition) const {
  const FleetColumns::Members all = fleet_.members(index);
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(all.end - all.begin), -1);
  std::vector<capacity::Hypervisor> rows;
  for (std::int32_t h = all.begin; h < all.end; ++h) {
    if (!fleet_.is_present(h)) continue;
    if (options_.first_page_only && rows.size() == hypervisors_per_default_page) break;
    numbers[static_cast<std::size_t>(h - all.begin)] = static_cast<std::int32_t>(rows.size());
    rows.push_back(first_row(h));
    fill(rows.back(), h);
  }
  group.rows = std::move(numbers);
  edition.columns = std::make_shared<capacity::HypervisorColumns>(std::move(rows), group.revision);
}

capacity::Hypervisor SnapshotPanel::first_row(std::int32_t hypervisor) const {
  capacity::Hypervisor row;
  row.id = fleet_.hypervisor_id(hypervisor);
  const mockpanel::model::Hypervisor& known = world_.hypervisors.at(row.id);
  row.name = known.name;
  row.enabled = known.enabled;
  row.commissioned = known.commissioned == 3;
  row.maintenance = options_.exclude_maintenance && known.maintenance;
  for (const FleetColumns::PoolState& pool : fleet_.pools(hypervisor)) {
    capacity::StoragePool mine{pool.id, pool.enabled, pool.storage_type, {}, {}};
    if (pool.local) {
      row.local_storage = mine;
    } else {
      mine.datastore = datastore_name(known, pool.id);
      row.other_storage.push_back(std::move(mine));
    }
  }
  return row;
}

void SnapshotPanel::fill(capacity::Hypervisor& row, std::int32_t hypervisor) const {
  row.prohibited = !fleet_.accepts(hypervisor);
  row.memory_mb = quota(fleet_.memory_mb(hypervisor));
  row.cores = quota(fleet_.cores(hypervisor));
  row.servers = capacity::slots_under(options_.node_caps, row.id, quota(fleet_.servers(hypervisor)),
                                      options_.servers_count);
  std::size_t other = 0;
  for (const FleetColumns::PoolState& pool : fleet_.pools(hypervisor)) {
    (pool.local ? *row.local_storage : row.other_storage[other++]).gigabytes =
        quota(pool.gigabytes);
  }
  row.ipv4_free.reset();
  if (fleet_.reports_ipv4(hypervisor)) row.ipv4_free = fleet_.ipv4_free(hypervisor);
}

}  // namespace vfstock::sim::forecast
