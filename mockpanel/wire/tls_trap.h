// A port behind which TLS goes wrong in one way: the certificate, the protocol, or the handshake.
//
// No request ever gets through, so one thread that greets one client after the other is enough. A
// client that dawdles is dropped after two seconds.
#pragma once

#include <memory>
#include <string>

#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::wire {

class TlsTrap {
 public:
  /// `kind` breaks the handshake. Listens on a free port at once; throws std::runtime_error with
  /// the reason when it cannot.
  TlsTrap(const std::string& host, const faults::Kind& kind);
  ~TlsTrap();
  TlsTrap(const TlsTrap&) = delete;
  TlsTrap& operator=(const TlsTrap&) = delete;

  int port() const noexcept;
  std::string base_url() const;  // "https://127.0.0.1:PORT/api/v1"
  /// PEM that a client is to trust so that nothing but the fault itself stands in its way.
  std::string trusted() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vfstock::mockpanel::wire
