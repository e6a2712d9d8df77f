#include "tests/integration/serve/served_shop.h"

#include <chrono>

namespace vfstock::serve {

void ServedShop::SetUp() {
  folder.write("hook", std::string(hook_secret) + "\n");
  folder.write("operator", std::string(operator_token) + "\n");
  folder.write("virtfusion", std::string(virtfusion_token) + "\n");
  sync_once({"--trial", VFSTOCK_FLEET});
}

void ServedShop::sync_once(std::vector<std::string> more) {
  std::vector<std::string> words{"sync",      "--shop",    shop,   "--panel",
                                 panel.url(), "--journal", journal};
  words.insert(words.end(), more.begin(), more.end());
  const sim::cli::Said said = sim::cli::command(std::move(words), variables);
  ASSERT_EQ(said.status, 0) << said.err;
  // A first sync begins every window; the daemon is to find none of them running.
  sqlite::SqliteDatabase(journal, sqlite::SqliteDatabase::Open::read_write)
      .run("UPDATE state SET remembered = json_set(remembered, '$.windows', json('{}'))");
}

std::vector<std::string> ServedShop::options(std::vector<std::string> more) const {
  std::vector<std::string> words{"--shop",
                                 shop,
                                 "--panel",
                                 panel.url(),
                                 "--journal",
                                 journal,
                                 "--hook-secret-file",
                                 folder.path() + "/hook",
                                 "--operator-token-file",
                                 folder.path() + "/operator",
                                 "--virtfusion-token-file",
                                 folder.path() + "/virtfusion",
                                 "--log-level",
                                 "debug"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::unique_ptr<ServingProgram> ServedShop::start(std::vector<std::string> more) const {
  return std::make_unique<ServingProgram>(options(std::move(more)), variables,
                                          folder.path() + "/log");
}

std::int64_t ServedShop::qty(int product) const {
  sqlite::SqliteDatabase database(folder.path() + "/shop.db",
                                  sqlite::SqliteDatabase::Open::read_only);
  return database.query("SELECT qty FROM tblproducts WHERE id = ?", {std::int64_t{product}})
      .at(0)
      .integer("qty");
}

void ServedShop::shop_sql(const std::string& statements) const {
  sqlite::SqliteDatabase(folder.path() + "/shop.db", sqlite::SqliteDatabase::Open::read_write)
      .run(statements);
}

void ServedShop::take_london(std::int64_t cores) {
  panel.change([cores](mockpanel::model::World& world) {
    world.hypervisors.at(3).cores.base = cores;
    world.touch();
  });
}

httplib::Headers signed_headers(const std::string& id, const std::string& body) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::string time =
      std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now).count());
  return {{"webhook-id", id},
          {"webhook-timestamp", time},
          {"webhook-signature", sign(id, time, body, key_of(hook_secret))}};
}

httplib::Result send_event(const ServingProgram& daemon, const std::string& id,
                           const std::string& body) {
  return daemon.client().Post("/webhooks/whmcs", signed_headers(id, body), body,
                              "application/json");
}

std::string module_event_body(const std::string& type, int service, int product) {
  return nlohmann::json{
      {"type", type},
      {"data", {{"module", "VirtFusionDirect"}, {"service", service}, {"product", product}}}}
      .dump();
}

httplib::Result send_hint(const ServingProgram& daemon, const std::string& token) {
  // As the panel writes it; a server that never was, and an end that never came.
  const std::string body =
      R"({"event":"server.destroy","eventStatus":"success","data":{"server":{"id":1},"qty":0}})";
  return daemon.client().Post(
      "/webhooks/virtfusion",
      {{"Authorization", "Bearer " + token}, {"X-VirtFusion-Event", "server.destroy"}}, body,
      "application/json");
}

}  // namespace vfstock::serve
