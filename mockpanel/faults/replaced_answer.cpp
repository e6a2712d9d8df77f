#include "mockpanel/faults/replaced_answer.h"

#include <utility>

#include "mockpanel/faults/header_text.h"

namespace vfstock::mockpanel::faults {

void replace_answer(Delivery& delivery, int status, std::string_view type, std::string body) {
  delivery.response.status = status;
  delivery.response.headers.clear();
  delivery.response.headers.emplace_back("Content-Type", type);
  delivery.response.body = may_have_body(status) ? std::move(body) : std::string{};
}

void end_without_answer(Delivery& delivery, End end) {
  delivery.response = {};
  delivery.response.status = 0;
  delivery.end = end;
}

void give_body(Delivery& delivery) {
  if (!delivery.response.body.empty() && may_have_body(delivery.response.status)) return;
  replace_answer(delivery, 200, json_type, "{}");
}

void end_half_way(Delivery& delivery, End end) {
  give_body(delivery);
  delivery.end = end;
  delivery.cut_after = delivery.response.body.size() / 2;
}

std::string document_text(const Delivery& delivery) {
  std::string_view body = delivery.response.body;
  const std::size_t last = body.find_last_not_of(" \t\r\n");
  body = last == std::string_view::npos ? std::string_view{} : body.substr(0, last + 1);
  const bool document = body.size() >= 2 && (body.front() == '{' || body.front() == '[');
  return std::string(document ? body : "{}");
}

}  // namespace vfstock::mockpanel::faults
