// Operating system templates: the same few for every package.
#include "mockpanel/api/answer.h"
#include "mockpanel/api/handlers.h"

namespace vfstock::mockpanel::api {
namespace {

struct Template {
  std::int64_t id;
  const char* name;
  const char* version;
  const char* icon;
};

Json render_template(const Template& os) {
  return {{"id", os.id},
          {"name", os.name},
          {"version", os.version},
          {"variant", "x86_64"},
          {"arch", 1},
          {"description", std::string(os.name) + " " + os.version},
          {"icon", os.icon},
          {"eol", false},
          {"eol_date", "2031-12-31 00:00:00"},
          {"eol_warning", false},
          {"deploy_type", 1},
          {"vnc", false},
          {"type", "linux"}};
}

Json category(std::int64_t id, const char* name, const char* icon,
              std::initializer_list<Template> all) {
  Json list = Json::array();
  for (const Template& os : all) list.push_back(render_template(os));
  return {{"name", name},
          {"description", std::string(name) + " servers"},
          {"icon", icon},
          {"templates", std::move(list)},
          {"id", id}};
}

Response all_templates() {
  constexpr const char* debian = "debian_logo.png";
  constexpr const char* ubuntu = "ubuntu_logo.png";
  return record(
      200,
      Json::array({category(1, "Debian", debian,
                            {{1, "Debian", "12", debian}, {2, "Debian", "11", debian}}),
                   category(2, "Ubuntu Server", ubuntu, {{3, "Ubuntu Server", "24.04", ubuntu}})}));
}

}  // namespace

Response answer_package_templates(const Call& call) {
  return call.world.packages.contains(call.id) ? all_templates() : not_found("package");
}

Response answer_server_templates(const Call& call) {
  return server_of(call) != nullptr ? all_templates() : not_found("server");
}

}  // namespace vfstock::mockpanel::api
