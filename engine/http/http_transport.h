// Transport over libcurl's multi interface: real requests to a real panel.
//
// One deadline holds over name, connection, handshake, head and body. Head and body are capped while
// they arrive (the body after decompression). Redirects are answers, never followed; the token goes to
// the configured host only. Connections are kept alive and several requests fly at once, all on the
// caller's thread. One object is used by one thread at a time, except for expire().
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/panel/transport.h"

namespace vfstock::http {

struct HttpOptions {
  std::string base_url;  // "https://panel.example/api/v1", no trailing slash needed
  std::string token;     // sent as "Authorization: Bearer ..."; never logged, never in a detail
  std::chrono::milliseconds connect{10'000};
  std::chrono::milliseconds request{30'000};  // the whole request
  std::int64_t first_line_bytes = 8 * 1024;
  std::int64_t head_bytes = 64 * 1024;
  std::int64_t body_bytes = 32 * 1024 * 1024;  // after decompression
  int requests_at_once = 4;
  std::optional<std::string> ca_file;  // trust these certificates instead of the system's
};

class HttpTransport final : public panel::Transport {
 public:
  /// Throws std::invalid_argument when the base URL is not http:// or https://, or holds credentials,
  /// a query or a fragment, or when the token holds control characters.
  explicit HttpTransport(HttpOptions options);
  ~HttpTransport() override;
  HttpTransport(const HttpTransport&) = delete;
  HttpTransport& operator=(const HttpTransport&) = delete;

  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   std::chrono::milliseconds budget) override;

  /// Ends everything in flight as if its deadline had passed. May be called from any thread; without
  /// a fetch in progress it does nothing. A simulation calls it when virtual time has run out.
  void expire() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vfstock::http
