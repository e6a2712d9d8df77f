// The engine's road to a panel whose TLS is broken: the production transport, held to trust a
// certificate of our own, against a port that fails in one way.
#pragma once

#include <string>

#include "engine/http/http_transport.h"
#include "mockpanel/wire/tls_trap.h"

namespace vfstock::sim::scenario {

/// A file with this text that goes away with the object. Throws std::runtime_error.
class PassingFile {
 public:
  explicit PassingFile(const std::string& text);
  ~PassingFile();
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;
  const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

class TlsRoad {
 public:
  /// `options` as for the sound road; base URL and trust are replaced.
  TlsRoad(const mockpanel::faults::Kind& kind, http::HttpOptions options);

  http::HttpTransport& transport() { return transport_; }

 private:
  mockpanel::wire::TlsTrap trap_;
  PassingFile trusted_;
  http::HttpTransport transport_;
};

}  // namespace vfstock::sim::scenario
