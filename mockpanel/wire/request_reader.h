// Reads HTTP requests off a connection. cpp-httplib parses; what is answered is not its business.
//
// Everything that a client can send is bounded: `head_bytes_max` for request line and headers,
// `body_bytes_max` for the body, `patience` for the whole request. What is not HTTP is answered
// here with 4xx, as the parser sees fit. One reader per worker: not thread safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "mockpanel/api/message.h"
#include "mockpanel/wire/connection.h"

namespace vfstock::mockpanel::wire {

/// A request as it stood on the wire.
struct WireRequest {
  std::string method;
  std::string target;  // undecoded, with the query
  api::Fields headers;
  std::string body;
  /// The client wants to send another request on this connection.
  bool keep_alive = true;
};

class RequestReader {
 public:
  static constexpr std::size_t head_bytes_max = std::size_t{64} * 1024;
  static constexpr std::size_t body_bytes_max = std::size_t{8} * 1024 * 1024;
  static constexpr std::chrono::seconds patience{10};

  RequestReader();
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  /// The next request; empty when none came: the client has closed, was too slow, or sent something
  /// that is no request and has been answered. The connection is of no more use then.
  std::optional<WireRequest> read(Connection& connection);

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace vfstock::mockpanel::wire
