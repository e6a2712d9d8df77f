#include "sim/scenario/shop_document.h"

#include <optional>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace vfstock::sim::scenario {

using document::Json;

namespace {

std::string moment_text(WallTime wall) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(wall);
  return fmt::format("{:%Y-%m-%d %H:%M:%S}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)));
}

Json product_row(const invariants::Row& row) {
  return {{"id", row.id},
          {"name", row.name},
          {"servertype", row.servertype},
          {"stockcontrol", row.stockcontrol},
          {"servergroup", row.servergroup},
          {"qty", row.qty},
          {"configoption1", row.configoption1},
          {"configoption2", row.configoption2},
          {"configoption3", row.configoption3},
          {"configoption7", row.configoption7}};
}

/// Products reach the values of their options through three tables: links, options, values.
class OptionTables {
 public:
  explicit OptionTables(Json& tables) : tables_(tables) {
    for (const char* const table : {"tblproductconfiglinks", "tblproductconfigoptions",
                                    "tblproductconfigoptionssub", "tblhostingconfigoptions"}) {
      tables_[table] = Json::array();
    }
  }

  void add(const invariants::Row& row) {
    std::map<std::string, std::int64_t> options;
    for (const auto& [option, value] : row.options) {
      if (options.empty()) {
        tables_["tblproductconfiglinks"].push_back({{"gid", row.id}, {"pid", row.id}});
      }
      const auto [known, is_new] = options.try_emplace(option, next_option_);
      if (is_new) {
        tables_["tblproductconfigoptions"].push_back(
            {{"id", next_option_++}, {"gid", row.id}, {"optionname", option}});
      }
      tables_["tblproductconfigoptionssub"].push_back(
          {{"id", next_value_}, {"configid", known->second}, {"optionname", value}});
      values_[{row.id, value}] = next_value_++;
    }
  }

  void choose(const invariants::Waiting& order) {
    if (!order.option) return;
    const auto value = values_.find({order.product, *order.option});
    if (value == values_.end()) return;
    tables_["tblhostingconfigoptions"].push_back(
        {{"relid", order.service}, {"optionid", value->second}});
  }

 private:
  Json& tables_;
  std::int64_t next_option_ = 1, next_value_ = 1;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> values_;  // product, text -> id
};

void add_servers(const ShopMoment& moment, Json& tables) {
  tables["tblservers"] = Json::array();
  tables["tblservergroupsrel"] = Json::array();
  std::int64_t server = 1;
  for (const auto& [group, hosts] : moment.server_groups) {
    for (const std::string& host : hosts) {
      tables["tblservers"].push_back({{"id", server}, {"hostname", host}});
      tables["tblservergroupsrel"].push_back({{"groupid", group}, {"serverid", server++}});
    }
  }
}

}  // namespace

Json shop_document(const ShopMoment& moment) {
  Json tables = Json::object();
  for (const char* const table : {"tblproducts", "tblorders", "tblhosting"}) {
    tables[table] = Json::array();
  }
  OptionTables options(tables);
  for (const invariants::Row& row : moment.rows) {
    tables["tblproducts"].push_back(product_row(row));
    options.add(row);
  }
  add_servers(moment, tables);
  for (const invariants::Waiting& order : moment.waiting) {
    // Of an order only its date matters here, so each service has one of its own.
    tables["tblorders"].push_back(
        {{"id", order.service},
         {"date", moment_text(moment.wall - (moment.now - order.ordered))},
         {"status", "Pending"}});
    tables["tblhosting"].push_back({{"id", order.service},
                                    {"orderid", order.service},
                                    {"packageid", order.product},
                                    {"qty", order.qty},
                                    {"domainstatus", "Pending"}});
    options.choose(order);
  }
  return {{"format", 1},
          {"taken", moment_text(moment.wall)},
          {"panel", {{"packages", Json::array()}, {"groups", Json::array()}}},
          {"shop", std::move(tables)}};
}

}  // namespace vfstock::sim::scenario
