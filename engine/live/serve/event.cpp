#include "engine/live/serve/event.h"

#include <array>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

namespace vfstock::serve {
namespace {

using nlohmann::json;

constexpr std::array kinds{EventKind::module_create, EventKind::module_terminate,
                           EventKind::module_change_package, EventKind::cron, EventKind::cart};

EventKind kind_of(const std::string& type) {
  for (const EventKind kind : kinds) {
    if (name(kind) == type) return kind;
  }
  throw std::invalid_argument("/type: no event of this name is known");
}

/// Shops write ids as numbers or as text.
std::int64_t id_from(const json& data, const char* key) {
  const auto found = data.find(key);
  if (found == data.end()) return 0;
  if (found->is_number_integer()) return found->get<std::int64_t>();
  if (!found->is_string()) return 0;
  const std::string& text = found->get_ref<const std::string&>();
  if (text.empty() || text.size() > 18 ||
      text.find_first_not_of("0123456789") != std::string::npos) {
    return 0;
  }
  return std::stoll(text);
}

std::string text_from(const json& data, const char* key) {
  const auto found = data.find(key);
  return found != data.end() && found->is_string() ? found->get<std::string>() : std::string();
}

void need(std::int64_t id, const char* pointer) {
  if (id <= 0) {
    throw std::invalid_argument(std::string(pointer) + ": a whole number above 0 is needed");
  }
}

}  // namespace

std::string_view name(Source source) noexcept {
  switch (source) {
    case Source::whmcs:
      return "whmcs";
    case Source::virtfusion:
      return "virtfusion";
    case Source::watch:
      return "watch";
  }
  return "watch";
}

std::string_view name(EventKind kind) noexcept {
  switch (kind) {
    case EventKind::module_create:
      return "AfterModuleCreate";
    case EventKind::module_terminate:
      return "AfterModuleTerminate";
    case EventKind::module_change_package:
      return "AfterModuleChangePackage";
    case EventKind::cron:
      return "AfterCronJob";
    case EventKind::cart:
      return "ClientAreaPageCart";
    case EventKind::look:
      return "look";
  }
  return "look";
}

Event whmcs_event(std::string id, std::string_view body, WallTime received) {
  const json document = json::parse(body, nullptr, false);
  if (!document.is_object()) throw std::invalid_argument("the body is no JSON object");
  Event event{
      .id = std::move(id), .kind = kind_of(text_from(document, "type")), .received = received};
  const json data = document.value("data", json::object());
  if (!data.is_object()) throw std::invalid_argument("/data: an object is needed");
  event.service = id_from(data, "service");
  event.product = id_from(data, "product");
  event.module = text_from(data, "module");
  switch (event.kind) {
    case EventKind::module_create:
    case EventKind::module_terminate:
    case EventKind::module_change_package:
      need(event.service, "/data/service");
      break;
    case EventKind::cart:
      need(event.product, "/data/product");
      break;
    case EventKind::cron:
    case EventKind::look:
      break;
  }
  return event;
}

Event virtfusion_hint(std::string id, WallTime received) {
  return {.id = std::move(id), .source = Source::virtfusion, .received = received};
}

std::optional<schedule::ModuleEvent> module_event(const Event& event) {
  using Action = schedule::ModuleEvent::Action;
  const auto make = [&](Action action) {
    return schedule::ModuleEvent{action, event.module, catalogue::ServiceId{event.service},
                                 catalogue::ProductId{event.product}};
  };
  switch (event.kind) {
    case EventKind::module_create:
      return make(Action::create);
    case EventKind::module_terminate:
      return make(Action::terminate);
    case EventKind::module_change_package:
      return make(Action::change_package);
    case EventKind::cron:
    case EventKind::cart:
    case EventKind::look:
      break;
  }
  return std::nullopt;
}

// A look is what a changed package asks for when it is not known which: every group anew, under the
// limit that all events share.
void tell(schedule::StockKeeper& keeper, const Event& event) {
  if (const auto of_module = module_event(event)) return keeper.module_event(*of_module);
  switch (event.kind) {
    case EventKind::cron:
      return keeper.cron();
    case EventKind::cart:
      return keeper.view_cart(catalogue::ProductId{event.product});
    default:
      return keeper.module_event({schedule::ModuleEvent::Action::change_package, "VirtFusionDirect",
                                  catalogue::ServiceId{0}, catalogue::ProductId{0}});
  }
}

}  // namespace vfstock::serve
