#include "engine/live/serve/service_watch.h"

#include <utility>

#include <fmt/format.h>

#include "engine/sqlite/wall_time.h"

namespace vfstock::serve {
namespace {

Event watched(EventKind kind, std::int64_t service, std::int64_t product, WallTime at) {
  return {.id = fmt::format("watch.{}.{}.{}", sqlite::milliseconds_of(at), service, name(kind)),
          .source = Source::watch,
          .kind = kind,
          .service = service,
          .product = product,
          .module = "VirtFusionDirect",
          .received = at};
}

}  // namespace

SeenServices read_services(catalogue::Database& database) {
  SeenServices seen;
  for (const catalogue::Row& row : database.query(
           "SELECT h.id AS id, h.packageid AS product, h.domainstatus AS status FROM tblhosting h "
           "JOIN tblproducts p ON p.id = h.packageid WHERE p.servertype = 'VirtFusionDirect'",
           {})) {
    const std::string status = row.text("status");
    seen[row.integer("id")] = {row.integer("product"), status == "Active" || status == "Suspended"};
  }
  return seen;
}

std::vector<Event> changes_between(const SeenServices& before, const SeenServices& now,
                                   WallTime at) {
  std::vector<Event> events;
  const auto add = [&](EventKind kind, std::int64_t service, std::int64_t product) {
    events.push_back(watched(kind, service, product, at));
  };
  for (const auto& [id, service] : now) {
    const auto known = before.find(id);
    const bool lived = known != before.end() && known->second.lives;
    if (service.lives && !lived) {
      add(EventKind::module_create, id, service.product);
    } else if (!service.lives && lived) {
      add(EventKind::module_terminate, id, known->second.product);
    } else if (service.lives && service.product != known->second.product) {
      add(EventKind::module_change_package, id, service.product);
    }
  }
  for (const auto& [id, service] : before) {
    if (service.lives && !now.contains(id)) {
      add(EventKind::module_terminate, id, service.product);
    }
  }
  return events;
}

std::vector<Event> ServiceWatch::changes(WallTime at) {
  SeenServices now = read_services(database_);
  std::vector<Event> events;
  if (seen_) {
    events = changes_between(*seen_, now, at);
  } else {
    events.push_back(watched(EventKind::look, 0, 0, at));
  }
  seen_ = std::move(now);
  return events;
}

}  // namespace vfstock::serve
