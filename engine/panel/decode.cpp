#include "engine/panel/decode.h"

#include <new>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/panel/json_place.h"
#include "engine/panel/json_text.h"
#include "engine/panel/unreadable.h"

namespace vfstock::panel {
namespace {

using capacity::Hypervisor;
using capacity::Quota;
using capacity::StoragePool;

Quota quota(const JsonPlace& block) {
  const JsonPlace max = block.at("max");
  const Quota read{max.whole(), block.at("free").whole()};
  if (read.max < 0) max.refuse("a quota of 0 or more");
  return read;
}

/// The name of a datastore; empty for every other pool. Nothing that is missing or odd here makes
/// an answer unreadable.
std::string datastore_name(const JsonPlace& block) {
  const auto is_datastore = block.find("isDatastore");
  const auto name = block.find("name");
  if (!is_datastore || !name) return {};
  try {
    return is_datastore->flag() ? name->text_or_empty() : std::string();
  } catch (const Unreadable&) {
    return {};
  }
}

StoragePool storage_pool(const JsonPlace& block) {
  StoragePool pool;
  pool.enabled = block.at("enabled").flag();
  pool.storage_type = block.at("storageType").whole();
  pool.gigabytes = quota(block);
  if (const auto id = block.find("id")) pool.id = id->whole();
  pool.datastore = datastore_name(block);
  return pool;
}

std::vector<StoragePool> other_storage(const JsonPlace& blocks) {
  std::vector<StoragePool> pools;
  const std::size_t count = blocks.size();
  pools.reserve(count);
  for (std::size_t i = 0; i < count; ++i) pools.push_back(storage_pool(blocks.element(i)));
  return pools;
}

/// Of a hypervisor that takes no servers: only what it has allocated of datastores matters to the
/// others, as far as it can be read.
std::vector<StoragePool> datastores(const JsonPlace& resources) {
  std::vector<StoragePool> pools;
  const auto blocks = resources.find("otherStorage");
  if (!blocks || !blocks->is_array()) return pools;
  for (std::size_t i = 0; i < blocks->size(); ++i) {
    const JsonPlace block = blocks->element(i);
    if (!block.is_object()) continue;
    try {
      StoragePool pool = storage_pool(block);
      if (!pool.datastore.empty()) pools.push_back(std::move(pool));
    } catch (const Unreadable&) {
      continue;
    }
  }
  return pools;
}

// PHP prints an object without members as [], so at each level that too means "no figure".
std::optional<std::int64_t> ipv4_free(const JsonPlace& resources) {
  const auto network = resources.find("network");
  if (!network || network->is_empty_array()) return std::nullopt;
  const auto total = network->find("total");
  if (!total || total->is_empty_array()) return std::nullopt;
  const auto ipv4 = total->find("ipv4");
  if (!ipv4 || ipv4->is_empty_array()) return std::nullopt;
  const auto free = ipv4->find("free");
  if (!free) return std::nullopt;
  return free->whole();
}

void read_resources(const JsonPlace& resources, const DecodeRules& rules, Hypervisor& hypervisor) {
  hypervisor.memory_mb = quota(resources.at("memory"));
  hypervisor.cores = quota(resources.at("cpuCores"));
  if (rules.servers_needed) hypervisor.servers = quota(resources.at("servers"));
  if (const auto local = resources.find("localStorage")) {
    hypervisor.local_storage = storage_pool(*local);
  }
  if (const auto other = resources.find("otherStorage")) {
    hypervisor.other_storage = other_storage(*other);
  }
}

Hypervisor hypervisor_of(const JsonPlace& element, const DecodeRules& rules) {
  const JsonPlace record = element.at("hypervisor");
  Hypervisor hypervisor;
  hypervisor.id = record.at("id").whole();
  hypervisor.enabled = record.at("enabled").flag();
  hypervisor.commissioned = record.at("commissioned").flag();
  hypervisor.prohibited = record.at("prohibit").flag();
  if (const auto name = record.find("name")) hypervisor.name = name->text_or_empty();
  if (hypervisor.eligible()) {
    const JsonPlace resources = element.at("resources");
    read_resources(resources, rules, hypervisor);
    hypervisor.ipv4_free = ipv4_free(resources);
    return hypervisor;
  }
  // An ineligible one may carry nothing but id and flags, yet its network figure counts: it tells
  // that the panel reports addresses at all.
  const auto resources = element.find("resources");
  if (resources && resources->is_object()) {
    hypervisor.ipv4_free = ipv4_free(*resources);
    hypervisor.other_storage = datastores(*resources);
  }
  return hypervisor;
}

std::optional<Paging> paging_of(const JsonPlace& top, const DecodeRules& rules) {
  const bool present = top.find("current_page") || top.find("last_page") || top.find("per_page") ||
                       top.find("total");
  if (!present && !rules.paging_needed) return std::nullopt;
  return Paging{top.at("current_page").unquoted_whole(), top.at("last_page").unquoted_whole(),
                top.at("per_page").unquoted_whole(), top.at("total").unquoted_whole()};
}

/// None where the panel tells none, or tells that it is switched off.
capacity::FurtherDisk further_disk(const JsonPlace& package, const std::string& name) {
  const std::string switched = name + "Enable", size = name + "Capacity", type = name + "Profile";
  const auto enabled = package.find(switched);
  if (!enabled || enabled->is_null() || !enabled->flag()) return {};
  return {package.at(size).whole(), package.at(type).whole()};
}

Package read_package(const nlohmann::json& document, std::optional<PackageId> asked) {
  const JsonPlace top(document);
  const JsonPlace data = top.at("data");
  const JsonPlace id = data.at("id");
  Package package;
  package.id = PackageId{id.whole()};
  if (asked && package.id != *asked) id.refuse(fmt::format("the id {} asked for", asked->value));
  if (const auto name = data.find("name")) package.name = name->text_or_empty();
  package.enabled = data.at("enabled").flag();
  package.memory_mb = data.at("memory").whole();
  package.cores = data.at("cpuCores").whole();
  package.storage_gb = data.at("primaryStorage").whole();
  package.storage_profile = data.at("primaryStorageProfile").whole();
  for (std::size_t i = 0; i < package.further_disks.size(); ++i) {
    package.further_disks[i] = further_disk(data, fmt::format("additionalStorage{}", i + 1));
  }
  return package;
}

GroupPage read_group_page(const nlohmann::json& document, const DecodeRules& rules) {
  const JsonPlace top(document);
  const JsonPlace data = top.at("data");
  GroupPage page;
  page.paging = paging_of(top, rules);
  const std::size_t count = data.size();
  page.hypervisors.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const JsonPlace element = data.element(i);
    page.hypervisors.push_back(hypervisor_of(element, rules));
  }
  return page;
}

template <class Read>
auto guarded(std::string_view body, const DecodeRules& rules, Read read)
    -> Lookup<decltype(read(std::declval<const nlohmann::json&>()))> {
  using Value = decltype(read(std::declval<const nlohmann::json&>()));
  try {
    return Lookup<Value>::found(read(parse_json(body, rules.nesting)));
  } catch (const Unreadable& unreadable) {
    return Unavailable{unreadable.reason(), unreadable.what()};
  }
}

}  // namespace

Lookup<Package> decode_package(std::string_view body, std::optional<PackageId> asked,
                               const DecodeRules& rules) {
  return guarded(body, rules, [&](const auto& document) { return read_package(document, asked); });
}

Lookup<GroupPage> decode_group_page(std::string_view body, const DecodeRules& rules) {
  return guarded(body, rules,
                 [&](const auto& document) { return read_group_page(document, rules); });
}

std::optional<Unavailable> json_fault(std::string_view body, const DecodeRules& rules) {
  const auto parsed = guarded(body, rules, [](const auto&) { return true; });
  if (const Unavailable* fault = parsed.if_unavailable()) return *fault;
  return std::nullopt;
}

}  // namespace vfstock::panel
