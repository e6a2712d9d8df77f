// GET /connect, GET /status and the reads of packages.
#include "mockpanel/api/handlers.h"
#include "mockpanel/api/render_package.h"

namespace vfstock::mockpanel::api {

Response answer_connect(const Call&) { return json_answer(200, Json::array()); }

Response answer_status(const Call& call) {
  // What the panel's checks are called is not documented; the mock's all pass.
  const char* const version = call.options.release == Release::v7_1 ? "7.1.0" : "7.0.0";
  return record(200, Json{{"version", version}, {"healthy", true}});
}

Response answer_packages(const Call& call) {
  Json list = Json::array();
  for (const auto& [id, package] : call.world.packages) list.push_back(render_package(package));
  return record(200, std::move(list));
}

Response answer_package(const Call& call) {
  const auto found = call.world.packages.find(call.id);
  if (found == call.world.packages.end()) return not_found("package");
  return record(200, render_package(found->second));
}

}  // namespace vfstock::mockpanel::api
