#include "engine/sqlite/trial_shop.h"

namespace vfstock::sqlite {
namespace {

constexpr const char* shop_schema = R"(
CREATE TABLE tblproducts (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, servertype TEXT NOT NULL,
  stockcontrol INTEGER NOT NULL, servergroup INTEGER NOT NULL, qty INTEGER NOT NULL DEFAULT 0,
  configoption1 TEXT NOT NULL, configoption2 TEXT NOT NULL, configoption3 TEXT NOT NULL,
  configoption7 TEXT NOT NULL);
CREATE TABLE tblproductconfiglinks (id INTEGER PRIMARY KEY, gid INTEGER, pid INTEGER);
CREATE TABLE tblproductconfigoptions (
  id INTEGER PRIMARY KEY, gid INTEGER, optionname TEXT, "order" INTEGER DEFAULT 0);
CREATE TABLE tblproductconfigoptionssub (
  id INTEGER PRIMARY KEY, configid INTEGER, optionname TEXT, sortorder INTEGER DEFAULT 0);
CREATE TABLE tblservers (
  id INTEGER PRIMARY KEY, hostname TEXT, type TEXT, disabled INTEGER DEFAULT 0);
CREATE TABLE tblservergroupsrel (id INTEGER PRIMARY KEY, groupid INTEGER, serverid INTEGER);
CREATE TABLE tblorders (id INTEGER PRIMARY KEY, date TEXT, status TEXT);
CREATE TABLE tblorderstatuses (
  id INTEGER PRIMARY KEY, title TEXT, showpending INTEGER, showactive INTEGER,
  showcancelled INTEGER);
INSERT INTO tblorderstatuses (title, showpending, showactive, showcancelled) VALUES
  ('Pending', 1, 0, 0), ('Active', 0, 1, 0), ('Cancelled', 0, 0, 1), ('Fraud', 0, 0, 0);
CREATE TABLE tblhosting (
  id INTEGER PRIMARY KEY, orderid INTEGER, packageid INTEGER, qty INTEGER DEFAULT 1, regdate TEXT,
  termination_date TEXT DEFAULT '0000-00-00',
  domainstatus TEXT DEFAULT 'Pending');
CREATE TABLE tblhostingconfigoptions (
  id INTEGER PRIMARY KEY, relid INTEGER, configid INTEGER, optionid INTEGER, qty INTEGER);
CREATE TABLE mod_virtfusion_direct (
  id INTEGER PRIMARY KEY, service_id INTEGER, server_id INTEGER, server_object TEXT);
)";

void add_product(SqliteDatabase& database, const catalogue::Product& product) {
  database.change(
      "INSERT INTO tblproducts (id, name, servertype, stockcontrol, servergroup, qty, "
      "configoption1, configoption2, configoption3, configoption7) VALUES (?,?,?,?,?,?,?,?,?,?)",
      {product.id.value, product.name, product.servertype, product.stockcontrol,
       product.servergroup, product.qty, product.configoption1, product.configoption2,
       product.configoption3, product.configoption7});
}

/// Each product gets a group of options of its own.
void add_options(SqliteDatabase& database, catalogue::ProductId product,
                 const std::vector<catalogue::OptionValue>& values) {
  const std::int64_t group = product.value;
  database.change("INSERT INTO tblproductconfiglinks (gid, pid) VALUES (?,?)",
                  {group, product.value});
  std::map<std::string, std::int64_t> options;
  for (const catalogue::OptionValue& value : values) {
    if (!options.contains(value.option)) {
      database.change("INSERT INTO tblproductconfigoptions (gid, optionname) VALUES (?,?)",
                      {group, value.option});
      options[value.option] = database.last_id();
    }
    database.change("INSERT INTO tblproductconfigoptionssub (configid, optionname) VALUES (?,?)",
                    {options[value.option], value.value});
  }
}

void add_servers(SqliteDatabase& database, std::int64_t group,
                 const std::vector<std::string>& hosts) {
  for (const std::string& host : hosts) {
    database.change("INSERT INTO tblservers (hostname, type) VALUES (?, 'VirtFusionDirect')",
                    {host});
    if (group == 0) continue;  // a server of no group
    database.change("INSERT INTO tblservergroupsrel (groupid, serverid) VALUES (?,?)",
                    {group, database.last_id()});
  }
}

void fill(const std::filesystem::path& file, const TrialShop& shop) {
  SqliteDatabase database(file, SqliteDatabase::Open::create);
  SqliteTransaction all(database);
  database.run(shop_schema);
  for (const catalogue::Product& product : shop.products) add_product(database, product);
  for (const auto& [product, values] : shop.options) add_options(database, product, values);
  for (const auto& [group, hosts] : shop.server_groups) add_servers(database, group, hosts);
  all.commit();
}

}  // namespace

void create_trial_shop(const std::filesystem::path& file, const TrialShop& shop) {
  std::error_code error;
  if (std::filesystem::exists(file, error)) {
    throw StoreError(file.string() + ": exists already, and a shop is never written over");
  }
  try {
    fill(file, shop);
  } catch (const StoreError&) {
    // Half a shop would be taken for a whole one the next time.
    std::filesystem::remove(file, error);
    throw;
  }
}

}  // namespace vfstock::sqlite
