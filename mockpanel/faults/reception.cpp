#include "mockpanel/faults/reception.h"

#include <algorithm>
#include <utility>

#include "mockpanel/faults/framing.h"

namespace vfstock::mockpanel::faults {
namespace {

/// The head could be read, and the body up to the cut.
Reception part_received(Outcome outcome, Delivery& delivery) {
  Reception reception{outcome, std::move(delivery.response)};
  reception.response.body.resize(std::min(delivery.cut_after, reception.response.body.size()));
  return reception;
}

}  // namespace

Reception all_received(Delivery& delivery) {
  return {Outcome::whole, std::move(delivery.response)};
}

Reception half_received(Delivery& delivery) {
  delivery.cut_after = delivery.response.body.size() / 2;
  return part_received(Outcome::whole, delivery);
}

Reception head_received(Outcome outcome, Delivery& delivery) {
  delivery.cut_after = 0;
  return part_received(outcome, delivery);
}

Reception nothing_received(Outcome outcome) { return {outcome, {0, {}, {}}}; }

Reception not_http_behind_the_head(Delivery& delivery) {
  return head_received(Outcome::not_http, delivery);
}

Reception received(Delivery delivery) {
  switch (delivery.end) {
    case End::whole:
      return delivery.framing == nullptr ? all_received(delivery)
                                         : delivery.framing->received(delivery);
    case End::cut:
      return part_received(Outcome::closed_early, delivery);
    case End::torn:
      return part_received(Outcome::reset, delivery);
    case End::stalled:
    case End::no_answer:
      return nothing_received(Outcome::silence);
    case End::reset:
      return nothing_received(Outcome::reset);
    case End::refused:
      return nothing_received(Outcome::refused);
    case End::closed:
      return nothing_received(Outcome::closed_early);
  }
  return nothing_received(Outcome::not_http);
}

}  // namespace vfstock::mockpanel::faults
