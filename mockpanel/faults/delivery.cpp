#include "mockpanel/faults/delivery.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "mockpanel/faults/header_text.h"
#include "mockpanel/faults/reason_phrase.h"

namespace vfstock::mockpanel::faults {

using std::chrono::milliseconds;

namespace {

/// How many bytes come one by one.
std::size_t dribbled_bytes(const Delivery& delivery) {
  if (delivery.end != End::whole || delivery.dribble == Dribble::none) return 0;
  const std::size_t head =
      delivery.dribble == Dribble::head ? head_text(delivery.response, true).size() : 0;
  return head + delivery.response.body.size();
}

}  // namespace

std::string head_text(const api::Response& response, bool keep_alive) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\nServer: nginx\r\n", response.status,
                                 reason_phrase(response.status));
  const auto out = std::back_inserter(head);
  for (const auto& [name, value] : response.headers) {
    if (!frames_the_answer(name)) fmt::format_to(out, "{}: {}\r\n", name, value);
  }
  if (may_have_body(response.status)) {
    fmt::format_to(out, "Content-Length: {}\r\n", response.body.size());
  }
  fmt::format_to(out, "Connection: {}\r\n\r\n", keep_alive ? "keep-alive" : "close");
  return head;
}

milliseconds time_needed(const Delivery& delivery) {
  return delivery.delay + dribbled_bytes(delivery) * dribble_pause;
}

void hold_back_after(Delivery& delivery, milliseconds patience) {
  if (delivery.delay >= patience) {
    delivery.end = End::no_answer;
    return;
  }
  if (time_needed(delivery) < patience) return;
  delivery.end = End::stalled;
  delivery.cut_after = static_cast<std::size_t>((patience - delivery.delay) / dribble_pause);
}

}  // namespace vfstock::mockpanel::faults
