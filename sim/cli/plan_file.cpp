#include "sim/cli/plan_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include "engine/sqlite/compressed.h"
#include "engine/sqlite/seen_json.h"
#include "sim/cli/whole_file.h"
#include "sim/document/document.h"

namespace vfstock::sim::cli {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::string base64(const std::string& bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::string from_base64(const std::string& text) {
  std::string bytes(3 * (text.size() / 4), '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
  if (length < 0) throw catalogue::StoreError("kept bytes are damaged");
  std::size_t size = static_cast<std::size_t>(length);
  // The length counts the padding's zeros.
  for (auto end = text.rbegin(); end != text.rend() && *end == '=' && size > 0; ++end) --size;
  bytes.resize(size);
  return bytes;
}

ordered_json answer_json(const panel::Answer& answer) {
  ordered_json headers = ordered_json::array();
  for (const panel::Header& header : answer.headers) {
    headers.push_back(ordered_json::array({header.name, header.value}));
  }
  return {{"ending", panel::name(answer.ending)},
          {"status", answer.status},
          {"headers", std::move(headers)},
          {"detail", answer.detail},
          {"body", base64(sqlite::compressed(answer.body))}};
}

panel::Answer answer_from(const json& kept) {
  panel::Answer answer;
  const auto ending = sqlite::ending_from(kept.at("ending").get<std::string>());
  if (!ending) throw catalogue::StoreError("an answer with an unknown ending");
  answer.ending = *ending;
  kept.at("status").get_to(answer.status);
  for (const json& header : kept.at("headers")) {
    answer.headers.push_back({header.at(0).get<std::string>(), header.at(1).get<std::string>()});
  }
  kept.at("detail").get_to(answer.detail);
  answer.body = sqlite::decompressed(from_base64(kept.at("body").get<std::string>()));
  return answer;
}

ordered_json product_json(const PlannedProduct& product) {
  return {{"seen", sqlite::seen_json(product.seen)},
          {"action", product.action},
          {"now", product.now},
          {"next", product.next ? ordered_json(*product.next) : ordered_json(nullptr)},
          {"cause", product.cause},
          {"why", product.why},
          {"binding", product.binding}};
}

PlannedProduct product_from(const json& kept) {
  PlannedProduct product;
  product.seen = sqlite::seen_from(kept.at("seen"));
  kept.at("action").get_to(product.action);
  kept.at("now").get_to(product.now);
  if (!kept.at("next").is_null()) product.next = kept.at("next").get<std::int64_t>();
  kept.at("cause").get_to(product.cause);
  kept.at("why").get_to(product.why);
  kept.at("binding").get_to(product.binding);
  return product;
}

ordered_json scope_json(const plan::Scope& scope) {
  ordered_json list = ordered_json::array();
  if (scope.is_all()) return list;
  for (const catalogue::ProductId id : *scope.ids()) list.push_back(id.value);
  return list;
}

Plan plan_from(const json& kept) {
  const bool is_plan = kept.is_object() && kept.contains("kind") && kept["kind"] == "vfstock plan";
  if (!is_plan || kept.at("format") != 1) {
    throw catalogue::StoreError("of another kind or a newer format");
  }
  Plan plan;
  plan.made = WallTime(std::chrono::milliseconds(kept.at("made").get<std::int64_t>()));
  kept.at("shop").get_to(plan.shop);
  kept.at("panel_host").get_to(plan.panel_host);
  plan.policy = kept.at("policy").get<PolicyWords>();
  kept.at("forced").get_to(plan.forced);
  // An empty list stands for all products; no plan is kept of none.
  std::vector<catalogue::ProductId> products;
  for (const json& id : kept.at("only")) products.push_back({id.get<std::int64_t>()});
  if (!products.empty()) plan.scope = plan::Scope::of(std::move(products));
  for (const json& product : kept.at("products")) plan.products.push_back(product_from(product));
  plan.hosts = sqlite::hosts_from(kept.at("hosts"));
  for (const auto& [target, answer] : kept.at("answers").items()) {
    plan.answers.emplace(target, answer_from(answer));
  }
  return plan;
}

}  // namespace

void write_plan(const Plan& plan, const std::string& file) {
  ordered_json kept{{"format", 1},
                    {"kind", "vfstock plan"},
                    {"made", plan.made.time_since_epoch().count()},
                    {"shop", plan.shop},
                    {"panel_host", plan.panel_host},
                    {"policy", plan.policy},
                    {"forced", plan.forced},
                    {"only", scope_json(plan.scope)},
                    {"products", ordered_json::array()},
                    {"hosts", sqlite::hosts_json(plan.hosts)},
                    {"answers", ordered_json::object()}};
  for (const PlannedProduct& product : plan.products) {
    kept["products"].push_back(product_json(product));
  }
  for (const auto& [target, answer] : plan.answers) kept["answers"][target] = answer_json(answer);
  write_whole_file(file, sqlite::dump(kept) + "\n");
}

Plan read_plan(const std::string& file) {
  const document::Json kept = document::read_file(file);
  try {
    return plan_from(kept);
  } catch (const json::exception& error) {
    throw document::DocumentError(file + ": is no plan of vfstock sync --out: " + error.what());
  } catch (const std::runtime_error& error) {
    throw document::DocumentError(file + ": is no plan of vfstock sync --out: " + error.what());
  } catch (const std::logic_error& error) {
    throw document::DocumentError(file + ": is no plan of vfstock sync --out: " + error.what());
  }
}

}  // namespace vfstock::sim::cli
