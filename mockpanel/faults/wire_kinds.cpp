// Kinds that leave the answer right and deliver it wrong.
#include "mockpanel/faults/header_text.h"
#include "mockpanel/faults/kinds.h"

namespace vfstock::mockpanel::faults {
namespace {

/// An answer without a body has no half, so it is given one.
void give_body(Delivery& delivery) {
  if (!delivery.response.body.empty() && may_have_body(delivery.response.status)) return;
  delivery.response = {200, {{"Content-Type", "application/json"}}, "{}"};
}

void end_half_way(Delivery& delivery, End end) {
  give_body(delivery);
  delivery.end = end;
  delivery.cut_after = delivery.response.body.size() / 2;
}

void frame(Delivery& delivery, Framing framing) {
  give_body(delivery);
  delivery.framing = framing;
}

void befall_connection(Kind kind, Delivery& delivery) {
  switch (kind) {
    case Kind::reset_body:
      return end_half_way(delivery, End::torn);
    case Kind::stall_body:
      return end_half_way(delivery, End::stalled);
    case Kind::dribble_head:
      delivery.dribble = Dribble::head;
      return;
    case Kind::dribble_body:
      give_body(delivery);
      delivery.dribble = Dribble::body;
      return;
    case Kind::keep_alive_closed:
      delivery.closes_behind = true;
      return;
    default:  // closed; and TLS, once it is too late for it
      delivery.response = {};
      delivery.response.status = 0;
      delivery.end = End::closed;
      return;
  }
}

Framing framing_of(Kind kind) {
  switch (kind) {
    case Kind::long_reason:
      return Framing::long_reason;
    case Kind::endless_header:
      return Framing::endless_header;
    case Kind::second_answer:
      return Framing::second_answer;
    case Kind::truncated_without_length:
      return Framing::no_length;
    case Kind::length_too_small:
      return Framing::short_length;
    case Kind::two_lengths:
      return Framing::two_lengths;
    case Kind::length_and_chunked:
      return Framing::length_and_chunked;
    case Kind::bad_chunk_size:
      return Framing::bad_chunk_size;
    case Kind::missing_last_chunk:
      return Framing::no_last_chunk;
    case Kind::garbage:
      return Framing::garbage;
    case Kind::long_header:
      return Framing::long_header;
    case Kind::many_headers:
      return Framing::many_headers;
    case Kind::early_continue:
      return Framing::early_continue;
    case Kind::gzip_bomb:
      return Framing::gzip_bomb;
    case Kind::gzip_cut:
      return Framing::gzip_cut;
    case Kind::gzip_plain:
      return Framing::gzip_plain;
    default:
      return Framing::plain;
  }
}

}  // namespace

void befall_wire(const Rule& rule, Delivery& delivery) {
  const Framing framing = framing_of(rule.kind);
  if (framing != Framing::plain) return frame(delivery, framing);
  befall_connection(rule.kind, delivery);
}

}  // namespace vfstock::mockpanel::faults
