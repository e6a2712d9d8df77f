#include "engine/live/serve/shop_orders.h"

#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/base/secret_text.h"
#include "engine/http/http_transport.h"

namespace vfstock::serve {
namespace {

using catalogue::StoreError;
using schedule::Accepted;

constexpr Milliseconds api_patience{15'000};
constexpr std::size_t told_bytes_max = 300;

http::HttpOptions api_options(const WhmcsApi& api) {
  http::HttpOptions options;
  options.base_url = api.url;
  options.request = api_patience;
  options.body_bytes = 1 << 20;
  options.requests_at_once = 1;
  options.ca_file = api.ca_file;
  return options;
}

std::string text_in(const nlohmann::json& answer, const char* key) {
  const auto found = answer.find(key);
  return found != answer.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// An answer may repeat what it was asked.
std::string without_secrets(const std::string& body, const WhmcsApi& api) {
  return SecretText(api.identifier).struck_out(SecretText(api.secret).struck_out(body));
}

http::Call accept_call(const WhmcsApi& api, catalogue::OrderId order) {
  const std::string form = fmt::format(
      "identifier={}&secret={}&action=AcceptOrder&responsetype=json&orderid={}"
      "&autosetup=false",
      form_encoded(api.identifier), form_encoded(api.secret), order.value);
  return {.method = "POST", .target = "/api.php", .body = form, .is_form = true};
}

}  // namespace

std::string form_encoded(const std::string& text) {
  std::string encoded;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_';
    encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

Accepted accepted_from(int status, const std::string& body) {
  const nlohmann::json answer = nlohmann::json::parse(body, nullptr, false);
  if (!answer.is_object()) {
    throw StoreError(fmt::format("WHMCS's API answered with status {} and no JSON", status));
  }
  const std::string result = text_in(answer, "result");
  if (status == 200 && result == "success") return Accepted::yes;
  const std::string message = text_in(answer, "message").substr(0, told_bytes_max);
  if (message == "Order ID not found or Status not Pending") return Accepted::not_pending;
  throw StoreError(fmt::format("WHMCS's API refused: {} (status {})", message, status));
}

std::optional<schedule::Order> ShopOrders::order_of(catalogue::ServiceId service) {
  const auto rows = database_.query(
      "SELECT h.orderid AS orderid, o.status AS status FROM tblhosting h JOIN tblorders o ON o.id "
      "= h.orderid WHERE h.id = ?",
      {service.value});
  if (rows.empty()) return std::nullopt;
  schedule::Order order{catalogue::OrderId{rows.front().integer("orderid")},
                        rows.front().text("status")};
  // The module makes its table when it is first used.
  const std::string without_server =
      database_.columns_of("mod_virtfusion_direct").empty()
          ? ""
          : " AND NOT EXISTS (SELECT 1 FROM mod_virtfusion_direct m WHERE m.service_id = h.id)";
  order.others_waiting =
      database_
          .query(
              "SELECT count(*) AS waiting FROM tblhosting h JOIN tblproducts p ON p.id = "
              "h.packageid WHERE h.orderid = ? AND h.id <> ? AND h.domainstatus = 'Pending' AND "
              "p.servertype = 'VirtFusionDirect'" +
                  without_server,
              {order.id.value, service.value})
          .at(0)
          .integer("waiting");
  return order;
}

Accepted ShopOrders::accept(catalogue::OrderId order) {
  if (!api_) {
    throw StoreError("no order is accepted: --whmcs-api and --whmcs-credentials-file are not set");
  }
  panel::Answer answer;
  try {
    http::HttpTransport transport(api_options(*api_));
    answer = transport.send(accept_call(*api_, order), api_patience);
  } catch (const std::exception& error) {
    throw StoreError(fmt::format("WHMCS's API cannot be asked: {}", error.what()));
  }
  if (answer.ending != panel::Ending::complete) {
    throw StoreError(
        fmt::format("WHMCS's API did not answer: {}", std::string(panel::name(answer.ending))));
  }
  return accepted_from(answer.status, without_secrets(answer.body, *api_));
}

}  // namespace vfstock::serve
