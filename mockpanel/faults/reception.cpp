#include "mockpanel/faults/reception.h"

#include <algorithm>
#include <string>
#include <utility>

#include "mockpanel/faults/gzip.h"

namespace vfstock::mockpanel::faults {
namespace {

/// Nothing that could be read.
Reception nothing(Outcome outcome) { return {outcome, {0, {}, {}}}; }

/// The head could be read, the body is of no use.
Reception head_alone(Outcome outcome, Delivery& delivery) {
  Reception reception{outcome, std::move(delivery.response)};
  reception.response.body.clear();
  return reception;
}

/// The head could be read, and the body up to the cut.
Reception part(Outcome outcome, Delivery& delivery) {
  Reception reception{outcome, std::move(delivery.response)};
  reception.response.body.resize(std::min(delivery.cut_after, reception.response.body.size()));
  return reception;
}

Reception half(Delivery& delivery) {
  Reception reception{Outcome::whole, std::move(delivery.response)};
  reception.response.body.resize(reception.response.body.size() / 2);
  return reception;
}

Reception received_whole(Delivery& delivery) {
  switch (delivery.framing) {
    case Framing::plain:
    case Framing::second_answer:
    case Framing::long_header:
    case Framing::early_continue:
      return {Outcome::whole, std::move(delivery.response)};
    case Framing::no_length:
    case Framing::short_length:
      return half(delivery);
    case Framing::long_reason:
      return nothing(Outcome::head_too_large);
    case Framing::endless_header:
    case Framing::many_headers:
      return head_alone(Outcome::head_too_large, delivery);
    case Framing::garbage:
      return nothing(Outcome::not_http);
    case Framing::two_lengths:
    case Framing::length_and_chunked:
    case Framing::bad_chunk_size:
    case Framing::gzip_plain:
      return head_alone(Outcome::not_http, delivery);
    case Framing::no_last_chunk:
      return head_alone(Outcome::closed_early, delivery);
    case Framing::gzip_cut:
      // As long as was announced: nothing in HTTP says that the rest is missing.
      return {Outcome::whole,
              {delivery.response.status, delivery.response.headers,
               unpacked(half_gzip(delivery.response.body))}};
    case Framing::gzip_bomb:
      return head_alone(Outcome::body_too_large, delivery);
  }
  return nothing(Outcome::not_http);
}

}  // namespace

Reception received(Delivery delivery) {
  switch (delivery.end) {
    case End::whole:
      return received_whole(delivery);
    case End::cut:
      return part(Outcome::closed_early, delivery);
    case End::torn:
      return part(Outcome::reset, delivery);
    case End::stalled:
    case End::no_answer:
      return nothing(Outcome::silence);
    case End::reset:
      return nothing(Outcome::reset);
    case End::refused:
      return nothing(Outcome::refused);
    case End::closed:
      return nothing(Outcome::closed_early);
  }
  return nothing(Outcome::not_http);
}

}  // namespace vfstock::mockpanel::faults
