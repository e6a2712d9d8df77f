#include "engine/panel/decode.h"

#include <algorithm>
#include <new>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/panel/json_place.h"
#include "engine/panel/json_text.h"
#include "engine/panel/unreadable.h"

namespace vfstock::panel {
namespace {

using capacity::Hypervisor;
using capacity::Quota;
using capacity::StoragePool;

// The member where there is one: panels print a part that they do not have as null, [] or {}, or
// leave it out.
std::optional<JsonPlace> part(const JsonPlace& of, std::string_view key) {
  auto found = of.find(key);
  if (found && found->is_nothing()) return std::nullopt;
  return found;
}

// More free than there is, or a quota below nothing, is no answer of a panel's: read as it stands
// it would sell room that nobody has. Where the panel also tells what is taken, the smaller counts.
Quota quota(const JsonPlace& block) {
  const JsonPlace max = block.at("max");
  const JsonPlace free = block.at("free");
  Quota read{max.whole(), free.whole()};
  if (read.max < 0) max.refuse("a quota of 0 or more");
  if (read.max == 0) return read;
  if (read.free > read.max) free.refuse(fmt::format("at most the max of {}", read.max));
  if (const auto allocated = part(block, "allocated")) {
    read.free = std::min(read.free, read.max - allocated->whole());
  }
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

std::optional<std::int64_t> readable(const JsonPlace& of, std::string_view key) {
  try {
    const auto found = part(of, key);
    return found ? std::optional(found->whole()) : std::nullopt;
  } catch (const Unreadable&) {
    return std::nullopt;
  }
}

// A datastore is one pool however it is listed: what it says where it is switched off counts for
// the others, as far as it can be read.
void add_datastore(const JsonPlace& block, StoragePool& pool) {
  std::string name = datastore_name(block);
  if (name.empty()) return;
  try {
    pool.gigabytes = quota(block);
    pool.datastore = std::move(name);
  } catch (const Unreadable&) {
    return;
  }
}

// Of a pool that is switched off nothing else is needed: it takes nothing. Its names, where they
// can be read, help to explain that.
StoragePool storage_pool(const JsonPlace& block) {
  StoragePool pool;
  pool.enabled = block.at("enabled").flag();
  if (!pool.enabled) {
    pool.id = readable(block, "id").value_or(0);
    pool.storage_type = readable(block, "storageType").value_or(0);
    add_datastore(block, pool);
    return pool;
  }
  pool.storage_type = block.at("storageType").whole();
  pool.gigabytes = quota(block);
  if (const auto id = block.find("id")) pool.id = id->whole();
  pool.datastore = datastore_name(block);
  return pool;
}

std::vector<StoragePool> other_storage(const JsonPlace& blocks) {
  std::vector<StoragePool> pools;
  pools.reserve(blocks.elements().size());
  for (const JsonPlace block : blocks.elements()) {
    if (!block.is_nothing()) pools.push_back(storage_pool(block));
  }
  return pools;
}

/// Of a hypervisor that takes no servers: only what it has allocated of datastores matters to the
/// others, as far as it can be read.
std::vector<StoragePool> datastores(const JsonPlace& resources) {
  std::vector<StoragePool> pools;
  const auto blocks = resources.find("otherStorage");
  if (!blocks || !blocks->is_array()) return pools;
  for (const JsonPlace block : blocks->elements()) {
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

std::optional<std::int64_t> ipv4_free(const JsonPlace& resources) {
  const auto network = part(resources, "network");
  if (!network) return std::nullopt;
  const auto total = part(*network, "total");
  if (!total) return std::nullopt;
  const auto ipv4 = part(*total, "ipv4");
  if (!ipv4) return std::nullopt;
  const auto free = part(*ipv4, "free");
  if (!free) return std::nullopt;
  return free->whole();
}

// The figure of a hypervisor that is not counted tells no more than that addresses are reported.
std::optional<std::int64_t> ipv4_free_of_ineligible(const JsonPlace& element) {
  try {
    const auto resources = part(element, "resources");
    return resources ? ipv4_free(*resources) : std::nullopt;
  } catch (const Unreadable&) {
    return std::nullopt;
  }
}

void read_resources(const JsonPlace& resources, const DecodeRules& rules, Hypervisor& hypervisor) {
  hypervisor.memory_mb = quota(resources.at("memory"));
  hypervisor.cores = quota(resources.at("cpuCores"));
  if (rules.servers_needed) hypervisor.servers = quota(resources.at("servers"));
  if (const auto local = part(resources, "localStorage")) {
    hypervisor.local_storage = storage_pool(*local);
  }
  if (const auto other = part(resources, "otherStorage")) {
    hypervisor.other_storage = other_storage(*other);
  }
}

// A flag here, and 0 to 3 in a hypervisor's own record, where 3 is ready; 1 is the flag's.
bool commissioned(const JsonPlace& place) {
  if (place.is_flag()) return place.flag();
  const std::int64_t stage = place.unquoted_whole();
  if (stage < 0 || stage > 3) place.refuse("true, false or a stage from 0 to 3");
  return stage == 3;
}

Hypervisor hypervisor_of(const JsonPlace& element, const DecodeRules& rules) {
  const JsonPlace record = element.at("hypervisor");
  Hypervisor hypervisor;
  hypervisor.id = record.at("id").whole();
  hypervisor.enabled = record.at("enabled").flag();
  hypervisor.commissioned = commissioned(record.at("commissioned"));
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
  hypervisor.ipv4_free = ipv4_free_of_ineligible(element);
  const auto resources = element.find("resources");
  if (resources && resources->is_object()) hypervisor.other_storage = datastores(*resources);
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
  if (!enabled || enabled->is_nothing() || !enabled->flag()) return {};
  return {package.at(size).whole(), package.at(type).whole()};
}

// What one VPS takes of something: a need below 1 would read as "no limit".
std::int64_t need(const JsonPlace& package, std::string_view key) {
  const JsonPlace place = package.at(key);
  const std::int64_t number = place.whole();
  if (number < 1) place.refuse("a number of 1 or more");
  return number;
}

Package package_of(const JsonPlace& data, std::optional<PackageId> asked) {
  const JsonPlace id = data.at("id");
  Package package;
  package.id = PackageId{id.whole()};
  if (asked && package.id != *asked) id.refuse(fmt::format("the id {} asked for", asked->value));
  if (const auto name = data.find("name")) package.name = name->text_or_empty();
  package.enabled = data.at("enabled").flag();
  package.memory_mb = need(data, "memory");
  package.cores = need(data, "cpuCores");
  package.storage_gb = need(data, "primaryStorage");
  package.storage_profile = data.at("primaryStorageProfile").whole();
  for (std::size_t i = 0; i < package.further_disks.size(); ++i) {
    package.further_disks[i] = further_disk(data, fmt::format("additionalStorage{}", i + 1));
  }
  return package;
}

// A record that cannot be read is left out, as one that is not listed: it will be asked for by
// itself, and that answer says what is wrong with it.
std::vector<Package> read_packages(const JsonDocument& document) {
  const JsonPlace top(document);
  const JsonPlace data = top.at("data");
  std::vector<Package> packages;
  for (const JsonPlace element : data.elements()) {
    try {
      packages.push_back(package_of(element, std::nullopt));
    } catch (const Unreadable&) {
      continue;
    }
  }
  return packages;
}

// What clients without suspicion make of a 200 that holds no record.
bool holds_no_record(const JsonDocument& document) {
  const JsonPlace top(document);
  return !top.is_object() || !top.find("data");
}

Package read_package(const JsonDocument& document, std::optional<PackageId> asked,
                     const DecodeRules& rules) {
  if (rules.believe_status && holds_no_record(document)) {
    return {.id = asked.value_or(PackageId{}), .name = {}};
  }
  const JsonPlace top(document);
  return package_of(top.at("data"), asked);
}

// The URLs by which a paged answer names what it is about.
std::vector<std::string> urls_of(const JsonPlace& top) {
  std::vector<std::string> urls;
  for (const char* const key :
       {"path", "first_page_url", "last_page_url", "next_page_url", "prev_page_url"}) {
    const auto url = top.find(key);
    if (!url) continue;
    if (std::string text = url->text_or_empty(); !text.empty()) urls.push_back(std::move(text));
  }
  return urls;
}

GroupPage read_group_page(const JsonDocument& document, const DecodeRules& rules) {
  GroupPage page;
  if (rules.believe_status && holds_no_record(document)) return page;
  const JsonPlace top(document);
  const JsonPlace data = top.at("data");
  page.paging = paging_of(top, rules);
  page.urls = urls_of(top);
  page.hypervisors.reserve(data.elements().size());
  for (const JsonPlace element : data.elements()) {
    page.hypervisors.push_back(hypervisor_of(element, rules));
  }
  return page;
}

template <class Read>
auto guarded(std::string_view body, const DecodeRules& rules, Read read)
    -> Lookup<decltype(read(std::declval<const JsonDocument&>()))> {
  using Value = decltype(read(std::declval<const JsonDocument&>()));
  try {
    return Lookup<Value>::found(read(parse_json(body, rules.nesting)));
  } catch (const Unreadable& unreadable) {
    return Unavailable{unreadable.reason(), unreadable.what()};
  }
}

}  // namespace

Lookup<Package> decode_package(std::string_view body, std::optional<PackageId> asked,
                               const DecodeRules& rules) {
  return guarded(body, rules,
                 [&](const auto& document) { return read_package(document, asked, rules); });
}

Lookup<std::vector<Package>> decode_packages(std::string_view body, const DecodeRules& rules) {
  return guarded(body, rules, [](const auto& document) { return read_packages(document); });
}

Lookup<GroupPage> decode_group_page(std::string_view body, const DecodeRules& rules) {
  return guarded(body, rules,
                 [&](const auto& document) { return read_group_page(document, rules); });
}

std::optional<Unavailable> list_fault(std::string_view body, const DecodeRules& rules) {
  const auto parsed = guarded(body, rules, [](const JsonDocument& document) {
    const JsonPlace top(document);
    const JsonPlace data = top.at("data");
    return data.elements().size();
  });
  if (const Unavailable* fault = parsed.if_unavailable()) return *fault;
  return std::nullopt;
}

}  // namespace vfstock::panel
