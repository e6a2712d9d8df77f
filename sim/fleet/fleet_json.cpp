#include "sim/fleet/fleet_json.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace vfstock::sim::fleet {

using document::Json;

namespace {

Json quota_json(const capacity::Quota& quota) {
  return {{"max", quota.max}, {"allocated", std::max<std::int64_t>(0, quota.max - quota.free)}};
}

Json pool_json(const capacity::StoragePool& pool) {
  Json json = Json::object();
  if (pool.id > 0) json["id"] = pool.id;
  if (!pool.datastore.empty()) {
    json["name"] = pool.datastore;
    json["isDatastore"] = true;
  }
  json["enabled"] = pool.enabled ? 1 : 0;
  json["storageType"] = pool.storage_type;
  json.update(quota_json(pool.gigabytes));
  return json;
}

/// Each product gets a group of options of its own.
void add_options(Json& tables, catalogue::ProductId product,
                 const std::vector<catalogue::OptionValue>& values) {
  tables["tblproductconfiglinks"].push_back({{"gid", product.value}, {"pid", product.value}});
  std::map<std::string, std::size_t> ids;
  for (const catalogue::OptionValue& value : values) {
    if (!ids.contains(value.option)) {
      const std::size_t id = tables["tblproductconfigoptions"].size() + 1;
      ids[value.option] = id;
      tables["tblproductconfigoptions"].push_back(
          {{"id", id}, {"gid", product.value}, {"optionname", value.option}});
    }
    tables["tblproductconfigoptionssub"].push_back(
        {{"id", tables["tblproductconfigoptionssub"].size() + 1},
         {"configid", ids[value.option]},
         {"optionname", value.value}});
  }
}

void add_servers(Json& tables, std::int64_t group, const std::vector<std::string>& hosts) {
  for (const std::string& host : hosts) {
    const std::size_t id = tables["tblservers"].size() + 1;
    tables["tblservers"].push_back(
        {{"id", id}, {"hostname", host}, {"type", "VirtFusionDirect"}, {"disabled", 0}});
    if (group == 0) continue;
    tables["tblservergroupsrel"].push_back({{"groupid", group}, {"serverid", id}});
  }
}

/// Adds the services that wait to tables that hold what is sold. Linear in their number.
class WaitingRows {
 public:
  WaitingRows(Json& tables, std::chrono::sys_seconds taken) : tables_(tables), taken_(taken) {
    for (const Json& value : tables["tblproductconfigoptionssub"]) {
      values_.emplace(value["optionname"].get<std::string>(), value["id"].get<std::size_t>());
    }
  }

  void add(const WaitingService& waiting) {
    using std::chrono::seconds;
    const std::string date = shop_moment(taken_ - std::chrono::ceil<seconds>(waiting.age));
    if (waiting.order > 0 && orders_.insert(waiting.order).second) {
      tables_["tblorders"].push_back(
          {{"id", waiting.order}, {"date", date}, {"status", "Pending"}});
    }
    tables_["tblhosting"].push_back({{"id", waiting.service},
                                     {"orderid", waiting.order},
                                     {"packageid", waiting.product.value},
                                     {"regdate", date.substr(0, date.find(' '))},
                                     {"qty", waiting.qty},
                                     {"domainstatus", "Pending"}});
    if (!waiting.location) return;
    tables_["tblhostingconfigoptions"].push_back(
        {{"relid", waiting.service}, {"optionid", value_with(*waiting.location)}});
  }

 private:
  /// The id of a value with this text; one that no product offers gets an option of nobody's.
  std::size_t value_with(const std::string& text) {
    const auto known = values_.find(text);
    if (known != values_.end()) return known->second;
    const std::size_t option = tables_["tblproductconfigoptions"].size() + 1;
    std::int64_t group = 1;
    for (const Json& link : tables_["tblproductconfiglinks"]) {
      group = std::max(group, link["gid"].get<std::int64_t>() + 1);
    }
    tables_["tblproductconfigoptions"].push_back(
        {{"id", option}, {"gid", group}, {"optionname", "no longer offered"}});
    const std::size_t id = tables_["tblproductconfigoptionssub"].size() + 1;
    tables_["tblproductconfigoptionssub"].push_back(
        {{"id", id}, {"configid", option}, {"optionname", text}});
    values_.emplace(text, id);
    return id;
  }

  Json& tables_;
  std::chrono::sys_seconds taken_;
  std::map<std::string, std::size_t> values_;  // text -> id
  std::set<std::int64_t> orders_;              // that are there
};

}  // namespace

Json package_json(const panel::Package& package) {
  Json json{{"id", package.id.value},
            {"name", package.name},
            {"enabled", package.enabled},
            {"memory", package.memory_mb},
            {"cpuCores", package.cores},
            {"primaryStorage", package.storage_gb},
            {"primaryStorageProfile", package.storage_profile}};
  for (std::size_t i = 0; i < package.further_disks.size(); ++i) {
    const capacity::FurtherDisk& disk = package.further_disks[i];
    if (disk.storage_gb <= 0) continue;
    const std::string name = "additionalStorage" + std::to_string(i + 1);
    json[name + "Enable"] = true;
    json[name + "Capacity"] = disk.storage_gb;
    json[name + "Profile"] = disk.storage_profile;
  }
  return json;
}

Json hypervisor_json(const capacity::Hypervisor& hypervisor) {
  Json resources = Json::object();
  if (hypervisor.servers) resources["servers"] = quota_json(*hypervisor.servers);
  resources["memory"] = quota_json(hypervisor.memory_mb);
  resources["cpuCores"] = quota_json(hypervisor.cores);
  if (hypervisor.local_storage) resources["localStorage"] = pool_json(*hypervisor.local_storage);
  for (const capacity::StoragePool& pool : hypervisor.other_storage) {
    resources["otherStorage"].push_back(pool_json(pool));
  }
  if (hypervisor.ipv4_free) {
    resources["network"]["total"]["ipv4"]["free"] =
        std::max<std::int64_t>(0, *hypervisor.ipv4_free);
  }
  return {{"hypervisor",
           {{"id", hypervisor.id},
            {"name", hypervisor.name},
            {"enabled", hypervisor.enabled},
            {"commissioned", hypervisor.commissioned ? 1 : 0},
            {"prohibit", hypervisor.prohibited}}},
          {"resources", std::move(resources)}};
}

Json product_json(const catalogue::Product& product) {
  return {{"id", product.id.value},
          {"name", product.name},
          {"servertype", product.servertype},
          {"stockcontrol", product.stockcontrol},
          {"servergroup", product.servergroup},
          {"qty", product.qty},
          {"configoption1", product.configoption1},
          {"configoption2", product.configoption2},
          {"configoption3", product.configoption3},
          {"configoption7", product.configoption7}};
}

Json waiting_json(const WaitingService& waiting) {
  Json json{{"id", waiting.service}, {"product", waiting.product.value}, {"qty", waiting.qty}};
  if (waiting.order > 0) json["order"] = waiting.order;
  if (waiting.location) json["location"] = *waiting.location;
  json["age"] = fmt::format("{}ms", waiting.age.count());
  return json;
}

std::string shop_moment(std::chrono::sys_seconds time) {
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", time);
}

Json tables_json(const Shop& shop, std::chrono::sys_seconds taken) {
  Json tables;
  for (const char* table : {"tblproducts", "tblproductconfiglinks", "tblproductconfigoptions",
                            "tblproductconfigoptionssub", "tblservers", "tblservergroupsrel",
                            "tblorders", "tblhosting", "tblhostingconfigoptions"}) {
    tables[table] = Json::array();
  }
  for (const auto& product : shop.products) tables["tblproducts"].push_back(product_json(product));
  for (const auto& [product, values] : shop.options) {
    if (!values.empty()) add_options(tables, product, values);
  }
  for (const auto& [group, hosts] : shop.server_groups) add_servers(tables, group, hosts);
  WaitingRows rows(tables, taken);
  for (const auto& waiting : shop.waiting) rows.add(waiting);
  return tables;
}

}  // namespace vfstock::sim::fleet
