#include "sim/invariants/reading.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace vfstock::sim::invariants {
namespace {

using Json = nlohmann::json;

/// Parts that a panel does not have come as null, [] or {}, or not at all.
const Json* find_part(const Json& object, const char* key) {
  const Json* const found = Fields::find(object, key);
  const bool nothing = found == nullptr || found->is_null() ||
                       ((found->is_array() || found->is_object()) && found->empty());
  return nothing ? nullptr : found;
}

/// What the panel cannot have is no figure: a quota below 0, or more free than there is.
Quota read_quota(const Json& block, const std::string& where, Fields& fields) {
  Quota quota{fields.not_negative(block, "max", where), fields.whole(block, "free", where)};
  if (quota.max == 0) return quota;
  if (quota.free > quota.max) throw Malformed(where + "/free is above max");
  if (find_part(block, "allocated") == nullptr) return quota;
  try {
    quota.free = std::min(quota.free, quota.max - fields.whole(block, "allocated", where));
  } catch (const Malformed&) {
    // No rule calls this figure needed, and none says what a mistyped one means.
    fields.mark_doubtful();
  }
  return quota;
}

/// Only a block that says so itself is a datastore, and only a name tells which.
std::string read_datastore(const Json& block) {
  const Json* const says = Fields::find(block, "isDatastore");
  const Json* const name = Fields::find(block, "name");
  if (says == nullptr || name == nullptr || !name->is_string()) return {};
  const bool is_one = (says->is_boolean() && says->get<bool>()) ||
                      (says->is_number() && says->get<double>() == 1.0);
  return is_one ? name->get<std::string>() : std::string();
}

Storage read_storage(const Json& block, const std::string& where, Fields& fields) {
  Storage storage;
  storage.enabled = fields.flag(block, "enabled", where);
  if (!storage.enabled) {
    if (read_datastore(block).empty()) return storage;
    // Of a datastore its size counts for the others, as far as it can be read.
    try {
      Fields own;
      Storage known = storage;
      known.type = own.whole(block, "storageType", where);
      known.gb = read_quota(block, where, own);
      return known;
    } catch (const Malformed&) {
      return storage;
    }
  }
  storage.type = fields.whole(block, "storageType", where);
  storage.gb = read_quota(block, where, fields);
  return storage;
}

/// Of a hypervisor that takes nothing, as far as it can be read.
void read_datastores_alone(const Json& resources, HypervisorFacts& hypervisor) {
  const Json* const others =
      resources.is_object() ? Fields::find(resources, "otherStorage") : nullptr;
  if (others == nullptr || !others->is_array()) return;
  for (const Json& block : *others) {
    if (!block.is_object() || read_datastore(block).empty()) continue;
    try {
      Fields own;  // what is odd here leaves nothing open
      Storage storage = read_storage(block, "", own);
      storage.datastore = read_datastore(block);
      hypervisor.others.push_back(storage);
    } catch (const Malformed&) {
      // Nothing of this hypervisor is needed.
      continue;
    }
  }
}

void read_storages(const Json& resources, const std::string& where, bool pool_ids,
                   HypervisorFacts& hypervisor, Fields& fields) {
  if (const Json* const local = find_part(resources, "localStorage")) {
    hypervisor.local = read_storage(*local, where + "/localStorage", fields);
  }
  const Json* const others = find_part(resources, "otherStorage");
  if (others == nullptr) return;
  if (!others->is_array()) throw Malformed(where + "/otherStorage is no list");
  for (std::size_t i = 0; i < others->size(); ++i) {
    const Json& block = (*others)[i];
    if (block.is_null() || (block.is_structured() && block.empty())) continue;
    const std::string place = where + "/otherStorage/" + std::to_string(i);
    Storage storage = read_storage(block, place, fields);
    if (pool_ids && storage.enabled) storage.id = fields.whole(block, "id", place);
    storage.datastore = read_datastore(block);
    hypervisor.others.push_back(storage);
  }
}

std::optional<std::int64_t> read_ipv4_free(const Json& resources, const std::string& where,
                                           Fields& fields) {
  const Json* pool = &resources;
  for (const char* const key : {"network", "total", "ipv4"}) {
    pool = find_part(*pool, key);
    if (pool == nullptr) return std::nullopt;
  }
  if (find_part(*pool, "free") == nullptr) return std::nullopt;
  try {
    return fields.whole(*pool, "free", where + "/network/total/ipv4");
  } catch (const Malformed&) {
    // No rule calls this figure needed, and none says what a mistyped one means.
    fields.mark_doubtful();
    return std::nullopt;
  }
}

/// A flag here; in a hypervisor's own record a stage from 0 to 3, where 3 is ready.
bool read_commissioned(const Json& record, const std::string& where, Fields& fields) {
  const Json* const stage = Fields::find(record, "commissioned");
  const bool is_stage =
      stage != nullptr && stage->is_number_integer() && (*stage == 2 || *stage == 3);
  return is_stage ? *stage == 3 : fields.flag(record, "commissioned", where);
}

/// One flag alone can make a hypervisor ineligible; whether the others must then be readable is
/// open.
bool read_eligible(const Json& record, const std::string& where, Fields& fields) {
  struct Wanted {
    const char* key;
    bool value;
  };
  bool eligible = true;
  std::optional<Malformed> unreadable;
  for (const Wanted wanted :
       {Wanted{"enabled", true}, {"commissioned", true}, {"prohibit", false}}) {
    try {
      const bool value = wanted.key == std::string_view("commissioned")
                             ? read_commissioned(record, where, fields)
                             : fields.flag(record, wanted.key, where);
      if (value != wanted.value) eligible = false;
    } catch (const Malformed& malformed) {
      if (!unreadable) unreadable = malformed;
    }
  }
  if (!unreadable) return eligible;
  if (eligible) throw Malformed(*unreadable);
  fields.mark_doubtful();
  return false;
}

HypervisorFacts read_hypervisor(const Json& item, const std::string& where, NeededFields needed,
                                Fields& fields) {
  HypervisorFacts hypervisor;
  const Json& record = Fields::member(item, "hypervisor", where);
  hypervisor.id = fields.whole(record, "id", where + "/hypervisor");
  hypervisor.eligible = read_eligible(record, where + "/hypervisor", fields);
  const std::string place = where + "/resources";
  if (!hypervisor.eligible) {
    if (const Json* const resources = Fields::find(item, "resources")) {
      hypervisor.ipv4_free = read_ipv4_free(*resources, place, fields);
      read_datastores_alone(*resources, hypervisor);
    }
    return hypervisor;
  }
  const Json& resources = Fields::member(item, "resources", where);
  hypervisor.memory_mb =
      read_quota(Fields::member(resources, "memory", place), place + "/memory", fields);
  hypervisor.cores =
      read_quota(Fields::member(resources, "cpuCores", place), place + "/cpuCores", fields);
  if (needed.servers) {
    hypervisor.servers =
        read_quota(Fields::member(resources, "servers", place), place + "/servers", fields);
  }
  read_storages(resources, place, needed.pool_ids, hypervisor, fields);
  hypervisor.ipv4_free = read_ipv4_free(resources, place, fields);
  return hypervisor;
}

/// Where an answer names its own address, it must be the one that was asked for.
void refuse_other_address(const Json& document, std::int64_t group) {
  const std::string due = "/compute/hypervisors/groups/" + std::to_string(group) + "/resources";
  for (const char* const key :
       {"path", "first_page_url", "last_page_url", "next_page_url", "prev_page_url"}) {
    const Json* const named = Fields::find(document, key);
    if (named == nullptr || !named->is_string()) continue;
    std::string path = named->get<std::string>();
    path.erase(std::min(path.size(), path.find_first_of("?#")));
    while (!path.empty() && path.back() == '/') path.pop_back();
    if (!path.empty() && !path.ends_with(due)) {
      throw Malformed("/" + std::string(key) + " is another address");
    }
  }
}

/// What one VPS takes of something: nothing takes less than 1.
std::int64_t read_need(const Json& data, const char* key, Fields& fields) {
  const std::int64_t need = fields.whole(data, key, "/data");
  if (need < 1) throw Malformed("/data/" + std::string(key) + " is below 1");
  return need;
}

/// Paging fields are plain integers: everything rests on them, and no panel writes them otherwise.
std::int64_t read_paging(const Json& document, const char* key, std::int64_t least,
                         Fields& fields) {
  if (!Fields::member(document, key, "").is_number()) {
    throw Malformed("/" + std::string(key) + " is no number");
  }
  const std::int64_t value = fields.whole(document, key, "");
  if (value < least) throw Malformed("/" + std::string(key) + " is " + std::to_string(value));
  return value;
}

}  // namespace

PackageFacts read_package(const Json& document, std::int64_t id, Fields& fields) {
  const Json& data = Fields::member(document, "data", "");
  if (fields.whole(data, "id", "/data") != id) throw Malformed("/data/id is another package's");
  PackageFacts package;
  package.enabled = fields.flag(data, "enabled", "/data");
  package.memory_mb = read_need(data, "memory", fields);
  package.cores = read_need(data, "cpuCores", fields);
  package.storage_gb = read_need(data, "primaryStorage", fields);
  package.storage_profile = fields.whole(data, "primaryStorageProfile", "/data");
  for (const std::string name : {"additionalStorage1", "additionalStorage2"}) {
    const std::string enable = name + "Enable", capacity = name + "Capacity";
    const Json* const says = Fields::find(data, enable.c_str());
    if (says == nullptr || says->is_null() || !fields.flag(data, enable.c_str(), "/data")) continue;
    package.additional.push_back({fields.whole(data, capacity.c_str(), "/data"),
                                  fields.whole(data, (name + "Profile").c_str(), "/data")});
  }
  return package;
}

std::map<std::int64_t, PackageFacts> read_packages(const Json& document) {
  std::map<std::int64_t, PackageFacts> packages;
  std::set<std::int64_t> twice;
  const Json* const data = Fields::find(document, "data");
  if (data == nullptr || !data->is_array()) return packages;
  for (const Json& entry : *data) {
    try {
      Fields fields;
      const std::int64_t id = fields.whole(entry, "id", "/data");
      const PackageFacts package = read_package({{"data", entry}}, id, fields);
      if (!packages.emplace(id, package).second) twice.insert(id);
    } catch (const Malformed&) {
      continue;
    }
  }
  for (const std::int64_t id : twice) packages.erase(id);
  return packages;
}

PageFacts read_page(const Json& document, std::int64_t group, NeededFields needed, Fields& fields) {
  refuse_other_address(document, group);
  PageFacts page;
  page.current = read_paging(document, "current_page", 1, fields);
  page.last = read_paging(document, "last_page", 1, fields);
  page.per_page = read_paging(document, "per_page", 1, fields);
  page.total = read_paging(document, "total", 0, fields);
  const Json& data = Fields::member(document, "data", "");
  if (!data.is_array()) throw Malformed("/data is no list");
  for (std::size_t i = 0; i < data.size(); ++i) {
    page.hypervisors.push_back(
        read_hypervisor(data[i], "/data/" + std::to_string(i), needed, fields));
  }
  return page;
}

}  // namespace vfstock::sim::invariants
