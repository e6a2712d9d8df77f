#include "engine/live/serve/api.h"

#include <stdexcept>

#include <nlohmann/json.hpp>

namespace vfstock::serve {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t cart_items_max = 100;

std::string text_of(const ordered_json& document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

ordered_json moment(WallTime time) {
  return static_cast<double>(time.time_since_epoch().count()) / 1000;
}
ordered_json moment(const std::optional<WallTime>& time) {
  return time ? moment(*time) : ordered_json(nullptr);
}

ordered_json groups_json(const std::vector<GroupView>& groups) {
  ordered_json list = ordered_json::array();
  for (const GroupView& group : groups) {
    ordered_json capacity = nullptr;
    if (group.known) capacity = group.capacity ? ordered_json(*group.capacity) : "unlimited";
    list.push_back({{"id", group.id}, {"capacity", std::move(capacity)}});
  }
  return list;
}

ordered_json product_json(const ProductView& product) {
  return {{"id", product.id},
          {"name", product.name},
          {"qty", product.qty},
          {"decision", product.is_set ? "set" : "keep"},
          {"outcome", product.outcome},
          {"cause", product.cause},
          {"why", product.why},
          {"binding", product.binding},
          {"trigger", product.trigger},
          {"decided", moment(product.decided)},
          {"confirmed", moment(product.confirmed)},
          {"changed", moment(product.changed)},
          {"groups", groups_json(product.groups)}};
}

ordered_json decision_json(const sqlite::KeptDecision& decision) {
  return {{"id", decision.id},
          {"at", moment(decision.at)},
          {"product", decision.product.value},
          {"name", decision.name},
          {"trigger", decision.trigger},
          {"decision", decision.is_set ? "set" : "keep"},
          {"outcome", decision.outcome},
          {"cause", decision.cause},
          {"why", decision.why},
          {"binding", decision.binding},
          {"old_qty", decision.old_qty},
          {"new_qty", decision.new_qty}};
}

ordered_json decisions_json(const std::vector<sqlite::KeptDecision>& decisions) {
  ordered_json list = ordered_json::array();
  for (const auto& decision : decisions) list.push_back(decision_json(decision));
  return list;
}

ordered_json summary_json(const apply::Summary& s) {
  return {{"total", s.total},         {"updated", s.updated}, {"zeroed", s.zeroed},
          {"unchanged", s.unchanged}, {"skipped", s.skipped}, {"held", s.held}};
}

json object_from(std::string_view body) {
  json document = json::parse(body, nullptr, false);
  if (!document.is_object()) throw std::invalid_argument("the body is no JSON object");
  return document;
}

CartItem item_from(const json& item, const std::string& pointer) {
  if (!item.is_object() || !item.contains("product") || !item["product"].is_number_integer()) {
    throw std::invalid_argument(pointer + "/product: a whole number is needed");
  }
  CartItem read{.product = item["product"].get<std::int64_t>()};
  if (item.contains("location") && item["location"].is_string()) {
    item["location"].get_to(read.location);
  }
  if (item.contains("qty")) {
    if (!item["qty"].is_number_integer()) {
      throw std::invalid_argument(pointer + "/qty: a whole number is needed");
    }
    item["qty"].get_to(read.qty);
  }
  return read;
}

}  // namespace

std::string status_text(const View& view, WallTime now, std::int64_t queue_depth) {
  return text_of(
      {{"format", 1},
       {"now", moment(now)},
       {"role", name(view.role)},
       {"ready", view.is_ready()},
       {"trouble", view.trouble},
       {"held", view.held},
       {"queue", queue_depth},
       {"sweep",
        {{"attempted", moment(view.sweep.attempted)},
         {"succeeded", moment(view.sweep.succeeded)},
         {"consecutive_failures", view.sweep.consecutive_failures},
         {"failure", view.sweep.failure}}},
       {"panel",
        {{"last_answer", moment(view.panel.last_answer)}, {"failure", view.panel.last_failure}}}});
}

std::string products_text(const View& view) {
  ordered_json list = ordered_json::array();
  for (const auto& [id, product] : view.products) list.push_back(product_json(product));
  return text_of({{"format", 1}, {"products", std::move(list)}});
}

std::string product_text(const ProductView& product, const std::string& derivation,
                         const std::vector<sqlite::KeptDecision>& history) {
  ordered_json derived = ordered_json::parse(derivation, nullptr, false);
  if (derived.is_discarded()) derived = nullptr;
  return text_of({{"format", 1},
                  {"product", product_json(product)},
                  {"derivation", std::move(derived)},
                  {"history", decisions_json(history)}});
}

std::string decisions_text(const std::vector<sqlite::KeptDecision>& decisions) {
  return text_of({{"format", 1}, {"decisions", decisions_json(decisions)}});
}

std::string plan_text(const live::SyncPlan& plan) {
  ordered_json list = ordered_json::array();
  for (const live::SyncLine& line : plan.lines) {
    list.push_back({{"id", line.seen.row.id.value},
                    {"name", line.seen.row.name},
                    {"action", line.action},
                    {"now", line.now},
                    {"next", line.next ? ordered_json(*line.next) : ordered_json(nullptr)},
                    {"cause", line.cause},
                    {"why", line.why},
                    {"binding", line.binding}});
  }
  return text_of(
      {{"format", 1}, {"summary", summary_json(plan.summary)}, {"products", std::move(list)}});
}

std::string report_text(const apply::RefreshReport& report) {
  ordered_json products = ordered_json::object();
  for (const auto& [product, qty] : report.qty) {
    products[std::to_string(product.value)] = qty ? ordered_json(*qty) : ordered_json(nullptr);
  }
  return text_of({{"format", 1},
                  {"products", std::move(products)},
                  {"summary", summary_json(report.summary)},
                  {"store_failure", report.store_failure.value_or("")}});
}

std::string checkout_text(const std::optional<Refused>& refused) {
  if (!refused) return text_of({{"format", 1}, {"ok", true}});
  return text_of({{"format", 1}, {"ok", false}, {"item", refused->item}, {"left", refused->left}});
}

std::vector<CartItem> cart_from(std::string_view body) {
  const json document = object_from(body);
  const json items = document.value("items", json());
  if (!items.is_array() || items.size() > cart_items_max) {
    throw std::invalid_argument("/items: a list of at most 100 is needed");
  }
  std::vector<CartItem> cart;
  for (std::size_t i = 0; i < items.size(); ++i) {
    cart.push_back(item_from(items[i], "/items/" + std::to_string(i)));
  }
  return cart;
}

Recalculation recalculation_from(std::string_view body) {
  Recalculation wanted;
  if (body.empty()) return wanted;
  const json document = object_from(body);
  if (document.contains("force")) {
    if (!document["force"].is_boolean()) {
      throw std::invalid_argument("/force: true or false is needed");
    }
    document["force"].get_to(wanted.force);
  }
  if (!document.contains("products")) return wanted;
  const json& ids = document["products"];
  std::vector<catalogue::ProductId> products;
  if (!ids.is_array()) throw std::invalid_argument("/products: a list of ids is needed");
  for (const json& id : ids) {
    if (!id.is_number_integer()) throw std::invalid_argument("/products: a list of ids is needed");
    products.push_back(catalogue::ProductId{id.get<std::int64_t>()});
  }
  wanted.scope = plan::Scope::of(std::move(products));
  return wanted;
}

}  // namespace vfstock::serve
