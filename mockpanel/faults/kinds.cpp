#include "mockpanel/faults/kinds.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "mockpanel/faults/header_text.h"
#include "mockpanel/faults/reason_phrase.h"

namespace vfstock::mockpanel::faults {
namespace {

constexpr std::string_view json_type = "application/json";

void answer(Delivery& delivery, int status, std::string_view type, std::string body) {
  delivery.response.status = status;
  delivery.response.headers.clear();
  delivery.response.headers.emplace_back("Content-Type", type);
  delivery.response.body = may_have_body(status) ? std::move(body) : std::string{};
}

std::string html_page(int status) {
  const std::string_view phrase = reason_phrase(status);
  return fmt::format(
      "<html>\r\n<head><title>{0} {1}</title></head>\r\n<body>\r\n"
      "<center><h1>{0} {1}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
      status, phrase);
}

/// The words of the framework's own limiter, otherwise the status itself.
std::string_view message_of(const Rule& rule) {
  return rule.over && rule.status == 429 ? "Too Many Attempts." : reason_phrase(rule.status);
}

void status(const Rule& rule, Delivery& delivery) {
  if (rule.answer) return answer(delivery, rule.status, rule.answer->type, rule.answer->text);
  switch (rule.body) {
    case BodyShape::json:
      return answer(delivery, rule.status, json_type,
                    fmt::format(R"({{"message":"{}"}})", message_of(rule)));
    case BodyShape::html:
      return answer(delivery, rule.status, "text/html", html_page(rule.status));
    case BodyShape::empty:
      return answer(delivery, rule.status, "text/html; charset=UTF-8", "");
  }
}

/// The right body as a JSON object or array; a lone pair of braces when it is neither.
std::string document_of(const Delivery& delivery) {
  std::string_view body = delivery.response.body;
  const std::size_t last = body.find_last_not_of(" \t\r\n");
  body = last == std::string_view::npos ? std::string_view{} : body.substr(0, last + 1);
  const bool document = body.size() >= 2 && (body.front() == '{' || body.front() == '[');
  return std::string(document ? body : "{}");
}

void malformed_json(Delivery& delivery) {
  std::string text = document_of(delivery);
  // No JSON text can end like this, whatever stands before it.
  text.back() = ',';
  answer(delivery, 200, json_type, text.size() > 2 ? text + "}" : "{");
}

void truncated_json(Delivery& delivery) {
  std::string text = document_of(delivery);
  // A proper beginning of an object or array is never JSON itself.
  text.resize(text.size() / 2);
  answer(delivery, 200, json_type, std::move(text));
}

void cut(Delivery& delivery) {
  // An answer without a body has no half, so one is announced.
  if (delivery.response.body.empty()) answer(delivery, 200, json_type, "{}");
  delivery.end = End::cut;
  delivery.cut_after = delivery.response.body.size() / 2;
}

void end_without_answer(Delivery& delivery, End end) {
  delivery.response = {};
  delivery.response.status = 0;
  delivery.end = end;
}

void befall_answer(const Rule& rule, Delivery& delivery) {
  switch (rule.kind) {
    case Kind::status:
      return status(rule, delivery);
    case Kind::malformed_json:
      return malformed_json(delivery);
    case Kind::truncated_json:
      return truncated_json(delivery);
    case Kind::cut:
      return cut(delivery);
    case Kind::no_answer:
      return end_without_answer(delivery, End::no_answer);
    case Kind::reset:
      return end_without_answer(delivery, End::reset);
    case Kind::refused:
      return end_without_answer(delivery, End::refused);
    default:  // of latency the delay is all
      return;
  }
}

}  // namespace

void befall(const Rule& rule, Delivery& delivery) {
  switch (layer(rule.kind)) {
    case Layer::answer:
      return befall_answer(rule, delivery);
    case Layer::content:
      return befall_content(rule, delivery);
    case Layer::paging:
    case Layer::state:
      return befall_state(rule, delivery);
    case Layer::connection:
    case Layer::syntax:
    case Layer::compression:
    case Layer::tls:
      return befall_wire(rule, delivery);
  }
}

void set_field(api::Fields& fields, const std::string& name, const std::string& value) {
  std::erase_if(fields, [&](const auto& pair) { return same_header(pair.first, name); });
  fields.emplace_back(name, value);
}

}  // namespace vfstock::mockpanel::faults
