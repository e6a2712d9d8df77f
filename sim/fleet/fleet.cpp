#include "sim/fleet/fleet.h"

#include "sim/document/document.h"
#include "sim/document/schemas.h"
#include "sim/fleet/panel_json.h"
#include "sim/fleet/shop_json.h"

namespace vfstock::sim::fleet {

Fleet read_fleet(const std::filesystem::path& file) {
  const document::Json json = document::read_file(file);
  document::published_schemas().check("fleet.schema.json", json, file.string());
  Fleet fleet;
  fleet.panel = read_panel(json["panel"], {file.string(), "/panel"});
  if (!json.contains("shop")) return fleet;
  std::optional<std::string> taken;
  if (json.contains("taken")) taken = json["taken"].get<std::string>();
  fleet.shop = read_tables(json["shop"], {file.string(), "/shop"}, taken);
  return fleet;
}

}  // namespace vfstock::sim::fleet
