// Transport over libcurl's multi interface: real requests to a real panel, over HTTP/1.1.
//
// Time. One deadline holds over name, connection, handshake, head and body. It is the request's own
// limit or what is left of the batch's budget, whichever ends first.
// Size. Head and body are capped while they arrive, the body after decompression. Beyond a first
// mebibyte each, the bodies of one fetch share one body's limit.
// Trust. TLS peer and host name are always verified. Redirects are answers, never followed, and the
// token goes to the configured host only. Nothing in the environment or the home folder changes
// where a request goes: proxy variables (https_proxy, ...) and .netrc are ignored, because the
// token would travel with the request. Connections are kept alive between batches. One that holds
// bytes nobody asked for is thrown away instead of being used again: those bytes would be read as
// the next request's answer. Threads. All work is done on the caller's thread (libcurl resolves
// names on one of its own). One object is used by one thread at a time, except for expire().
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/bounds.h"
#include "engine/panel/transport.h"

namespace vfstock::http {

struct HttpOptions {
  std::string base_url;  // "https://panel.example/api/v1", no trailing slash needed
  std::string token;     // sent as "Authorization: Bearer ..."; never logged, never in a detail;
                         // when empty no such header is sent
  std::chrono::milliseconds connect = default_bounds.connect;  // name, connection and handshake
  std::chrono::milliseconds request = default_bounds.request;  // the whole request
  std::int64_t first_line_bytes = default_bounds.first_line_bytes;
  std::int64_t head_bytes = default_bounds.head_bytes;  // interim heads, trailers too
  std::int64_t body_bytes = default_bounds.body_bytes;  // after decompression
  int requests_at_once = default_bounds.concurrency;
  std::optional<std::string> ca_file;  // trust these certificates (PEM) instead of the system's
};

/// A request that changes something on the panel, as a shop's module sends it. The engine's own
/// requests only read.
struct Call {
  std::string method;    // "POST", "PUT", "DELETE"
  std::string target;    // as of a panel::Request
  std::string body;      // JSON, or empty for none
  bool is_form = false;  // the body is a form (application/x-www-form-urlencoded) instead
};

class HttpTransport final : public panel::Transport {
 public:
  /// Throws std::invalid_argument when the base URL is not http:// or https://, or holds
  /// credentials, a query or a fragment, when the token holds control characters, or when a limit
  /// is not positive. The message repeats neither token nor URL.
  explicit HttpTransport(HttpOptions options);
  ~HttpTransport() override;
  HttpTransport(const HttpTransport&) = delete;
  HttpTransport& operator=(const HttpTransport&) = delete;

  /// `budget` that is not positive sends nothing. The body of an answer that did not end as
  /// complete is empty; status and headers are kept as far as they were understood. Throws
  /// std::invalid_argument for a target that is not a path: it must start with '/' and hold visible
  /// ASCII without '#' only, or it could name another host or smuggle in a header.
  std::vector<panel::Answer> fetch(std::span<const panel::Request> requests,
                                   std::chrono::milliseconds budget) override;

  /// Sends one call under the same bounds, on a connection of its own, and never a second time:
  /// what became of a call whose answer is lost is not known. Throws as fetch() does, and for a
  /// method that is not capital letters.
  panel::Answer send(const Call& call, std::chrono::milliseconds budget);

  /// Ends everything in flight as if its deadline had passed. May be called from any thread;
  /// without a fetch in progress it does nothing. A simulation calls it when virtual time has run
  /// out.
  void expire() noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vfstock::http
