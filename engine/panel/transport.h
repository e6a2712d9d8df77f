// The port through which bytes come from a panel: a batch of requests in, for each one an answer
// that says how it ended. An answer is bytes, not meaning; answer.h says what it means.
//
// The engine only ever reads, so a request is a GET of a path below the API's base URL. Transports
// add the base URL, the token and `Accept: application/json`, never follow a redirect, and hold
// every request to one deadline over name, connection, handshake, head and body.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/clock.h"

namespace vfstock::panel {

/// How an exchange ended. Anything but `complete` means that the bytes must not be believed.
enum class Ending {
  complete,         // head and body arrived whole as far as HTTP can tell
  name_unresolved,  // DNS gave no address
  refused,          // nobody listens
  unreachable,      // no route, connect timed out, other connection failures
  tls_failed,       // handshake or certificate
  deadline,         // the whole request took too long
  reset,            // the connection was torn down
  closed_early,     // closed before the answer was whole, or before it began
  head_too_large,
  body_too_large,  // after decompression
  malformed_http,  // not an HTTP answer, or broken framing or encoding
  not_sent,        // the batch's time was used up before this request began
  held_back,       // not sent either: an answer of the same batch asked to be left alone
};
std::string_view name(Ending ending) noexcept;  // "complete", "name unresolved", ...

/// GET `target`, e.g. "/packages/7" or
/// "/compute/hypervisors/groups/1/resources?results=200&page=1".
struct Request {
  std::string target;
  bool fresh = false;  // over a connection that nothing was asked on before
};

struct Header {
  std::string name;
  std::string value;
};

struct Answer {
  Ending ending = Ending::not_sent;
  int status = 0;  // 0 when no status line was understood
  std::vector<Header> headers;
  std::string body;
  std::string detail;  // for people; never holds a secret

  /// The first header of this name in any letter case.
  std::optional<std::string_view> header(std::string_view name) const;
};

/// True when an answer other than 200 carries a Retry-After that can be read and asks for more than
/// no wait at all.
bool asks_for_patience(const Answer& answer);

class Transport {
 public:
  virtual ~Transport() = default;
  /// Answers in the order of the requests, always exactly one for each. `budget` bounds the batch
  /// as a whole; requests that cannot begin in time end as not_sent. After an answer that asks for
  /// patience (asks_for_patience()) no further request begins; those end as held_back. Never throws
  /// for what the outside world does.
  virtual std::vector<Answer> fetch(std::span<const Request> requests, Milliseconds budget) = 0;
};

}  // namespace vfstock::panel
