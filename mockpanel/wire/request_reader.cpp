#include "mockpanel/wire/request_reader.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

#include "mockpanel/faults/header_text.h"
#include "mockpanel/wire/request_stream.h"

namespace vfstock::mockpanel::wire {
namespace {

/// cpp-httplib mixes these into what the client has sent.
bool added_by_the_parser(std::string_view name) {
  constexpr std::array<std::string_view, 4> added{"REMOTE_ADDR", "REMOTE_PORT", "LOCAL_ADDR",
                                                  "LOCAL_PORT"};
  return std::find(added.begin(), added.end(), name) != added.end();
}

bool announces_body(const httplib::Request& request) {
  if (request.has_header("Transfer-Encoding")) return true;
  const std::string length = request.get_header_value("Content-Length");
  return !length.empty() && length != "0";
}

bool announces_too_much(const httplib::Request& request) {
  return request.get_header_value<std::uint64_t>("Content-Length") > RequestReader::body_bytes_max;
}

bool wants_another(const httplib::Request& request) {
  const std::string wish = request.get_header_value("Connection");
  if (request.version == "HTTP/1.0") return faults::same_header(wish, "keep-alive");
  return !faults::same_header(wish, "close");
}

WireRequest head_of(const httplib::Request& request) {
  WireRequest head;
  head.method = request.method;
  head.target = request.target;
  for (const auto& [name, value] : request.headers) {
    if (!added_by_the_parser(name)) head.headers.emplace_back(name, value);
  }
  head.keep_alive = wants_another(request);
  return head;
}

/// Makes cpp-httplib read a body where one is announced, whatever the method, and only there (it
/// would wait for the end of the connection after a DELETE without a length, and ignore the body of
/// a GET); and makes it take the body as it is: no form, nothing compressed, no range of anything.
void make_plain(httplib::Request& request) {
  request.method = announces_body(request) ? "POST" : "GET";
  request.path = "/";
  request.params.clear();
  request.ranges.clear();
  request.headers.erase("Content-Type");
  request.headers.erase("Content-Encoding");
}

/// What of cpp-httplib's protected parts this file rests on; CMakeLists.txt names the versions that
/// are known to have it.
template <class Server>
concept ParsesFromAStream = requires(Server& server, httplib::Stream& stream, bool& closed,
                                     const std::function<void(httplib::Request&)>& begins) {
  { server.parse(stream, closed, begins) } -> std::same_as<bool>;
};

template <class Base>
struct OpenServer : Base {
  auto parse(httplib::Stream& stream, bool& closed,
             const std::function<void(httplib::Request&)>& begins)
      -> decltype(this->process_request(stream, true, closed, begins)) {
    return this->process_request(stream, true, closed, begins);
  }
};
static_assert(ParsesFromAStream<OpenServer<httplib::Server>>,
              "this cpp-httplib parses requests in another way than 0.11.4: adapt "
              "OpenServer::parse(), the only place that knows how");

}  // namespace

class RequestReader::Parser : private OpenServer<httplib::Server> {
 public:
  Parser() {
    const auto receive = [this](const httplib::Request& request, httplib::Response&) {
      received_->body = request.body;
      stream_->mute();
      whole_ = true;
    };
    Get("/", receive);
    Post("/", receive);
    set_payload_max_length(body_bytes_max);
  }

  std::optional<WireRequest> read(Connection& connection) {
    RequestStream stream(connection, head_bytes_max, patience);
    stream_ = &stream;
    received_.emplace();
    whole_ = false;
    bool closed = false;
    parse(stream, closed, [&](httplib::Request& request) {
      *received_ = head_of(request);
      make_plain(request);
      // Chunks have heads of their own. Of a body that is refused, nothing is waited for.
      stream.limit(announces_too_much(request) ? 0 : body_bytes_max + head_bytes_max);
    });
    stream_ = nullptr;
    if (!whole_) return std::nullopt;
    return std::move(received_);
  }

 private:
  RequestStream* stream_ = nullptr;
  std::optional<WireRequest> received_;
  bool whole_ = false;
};

RequestReader::RequestReader() : parser_(std::make_unique<Parser>()) {}
RequestReader::~RequestReader() = default;

std::optional<WireRequest> RequestReader::read(Connection& connection) {
  return parser_->read(connection);
}

}  // namespace vfstock::mockpanel::wire
