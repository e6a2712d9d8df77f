#include "engine/http/http_transport.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "engine/http/batch.h"
#include "engine/http/curl_handles.h"
#include "engine/http/exchange.h"
#include "engine/http/expiry.h"
#include "engine/http/open_sockets.h"

namespace vfstock::http {
namespace {

bool is_control(char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }

HttpOptions checked(HttpOptions options) {
  if (std::any_of(options.token.begin(), options.token.end(), is_control)) {
    throw std::invalid_argument(
        "the panel's token holds control characters; is there a line break at its end?");
  }
  const bool bounded = options.connect.count() > 0 && options.request.count() > 0 &&
                       options.first_line_bytes > 0 && options.head_bytes > 0 &&
                       options.body_bytes > 0 && options.requests_at_once > 0;
  if (!bounded) {
    throw std::invalid_argument(
        "the limits on time, bytes and requests at once must all be positive");
  }
  return options;
}

void require_path(const std::string& target) {
  if (is_path(target)) return;
  throw std::invalid_argument(
      "a request's target must start with '/' and hold visible ASCII without '#'");
}

void require_method(const std::string& method) {
  const bool is_word = !method.empty() && std::all_of(method.begin(), method.end(),
                                                      [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!is_word) throw std::invalid_argument("a request's method must be capital letters");
}

}  // namespace

// Destroyed from the bottom up: handles first, then the connections, whose closing needs the
// sockets.
struct HttpTransport::State {
  explicit State(HttpOptions options)
      : endpoint(checked(std::move(options))),
        body_room(endpoint.options.body_bytes),
        multi(make_multi_handle()) {
    const int at_once = endpoint.options.requests_at_once;
    curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(at_once));
    for (int i = 0; i < at_once; ++i) {
      exchanges.push_back(std::make_unique<Exchange>(endpoint, sockets, body_room));
    }
  }

  std::vector<panel::Answer> run(std::span<const Outgoing> outgoing,
                                 std::chrono::milliseconds budget) {
    const Expiry::Watch watch(expiry);
    body_room.renew();
    Batch batch(multi, exchanges, outgoing, {.request = endpoint.options.request, .budget = budget},
                expiry);
    return batch.run();
  }

  Endpoint endpoint;
  SharedBodyRoom body_room;
  OpenSockets sockets;
  Expiry expiry;
  MultiHandle multi;
  std::vector<std::unique_ptr<Exchange>> exchanges;
};

HttpTransport::HttpTransport(HttpOptions options)
    : state_(std::make_unique<State>(std::move(options))) {}

HttpTransport::~HttpTransport() = default;

std::vector<panel::Answer> HttpTransport::fetch(std::span<const panel::Request> requests,
                                                std::chrono::milliseconds budget) {
  std::vector<Outgoing> outgoing;
  outgoing.reserve(requests.size());
  for (const panel::Request& request : requests) {
    require_path(request.target);
    outgoing.push_back({.target = request.target, .body = {}, .fresh = request.fresh});
  }
  return state_->run(outgoing, budget);
}

panel::Answer HttpTransport::send(const Call& call, std::chrono::milliseconds budget) {
  require_method(call.method);
  require_path(call.target);
  const Outgoing outgoing{.target = call.target,
                          .method = call.method,
                          .body = call.body,
                          .is_form = call.is_form,
                          .sent_once = true};
  return std::move(state_->run({&outgoing, 1}, budget).front());
}

void HttpTransport::expire() noexcept {
  if (state_->expiry.request()) curl_multi_wakeup(state_->multi.get());
}

}  // namespace vfstock::http
