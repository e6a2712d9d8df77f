// What a careful client makes of a delivery: the yardstick for clients, and what a transport
// without sockets reports.
//
// Careful means: one deadline for the whole, a head of at most 64 KiB with a first line of 8 KiB, a
// body of at most 32 MiB once decompressed, and no guessing at contradictory framing (RFC 9112).
#pragma once

#include "mockpanel/faults/delivery.h"

namespace vfstock::mockpanel::faults {

enum class Outcome {
  whole,     // as far as HTTP can tell; the body may still be nonsense
  refused,   // no connection
  no_trust,  // no TLS session
  reset,
  closed_early,
  silence,
  head_too_large,
  body_too_large,
  not_http,  // or broken framing or encoding
};

struct Reception {
  Outcome outcome = Outcome::whole;
  /// Status and headers as far as a client could read them (status 0: no head); the body that
  /// arrived, decompressed. Of an answer that falls silent nothing: how much of it was read depends
  /// on the client's speed.
  api::Response response;
};

Reception received(Delivery delivery);

// What is received of an answer that is framed wrong.
Reception all_received(Delivery& delivery);
Reception half_received(Delivery& delivery);
/// The head could be read, the body is of no use.
Reception head_received(Outcome outcome, Delivery& delivery);
/// Not even the head could be read.
Reception nothing_received(Outcome outcome);
/// The head could be read, and what stands behind it is no HTTP.
Reception not_http_behind_the_head(Delivery& delivery);

}  // namespace vfstock::mockpanel::faults
