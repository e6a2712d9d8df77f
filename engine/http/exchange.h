// One request and its answer on one libcurl handle, which is used for request after request.
//
// An exchange knows what is asked, takes head and body in under their caps, and says how it ended.
// Which exchanges fly when is the batch's business (batch.h).
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "engine/http/base_url.h"
#include "engine/http/body_allowance.h"
#include "engine/http/curl_handles.h"
#include "engine/http/failure.h"
#include "engine/http/http_transport.h"
#include "engine/http/monotonic_time.h"
#include "engine/http/open_sockets.h"
#include "engine/http/response_head.h"

namespace vfstock::http {

/// What all exchanges of a transport have in common.
struct Endpoint {
  explicit Endpoint(HttpOptions from);

  HttpOptions options;
  BaseUrl base;
  HeaderLines request_headers;       // of a request without a body
  HeaderLines json_request_headers;  // of one with a body
  HeaderLines form_request_headers;  // of one whose body is a form
};

/// One request as it is to leave. The texts outlive the batch.
struct Outgoing {
  std::string_view target;
  std::string_view method = "GET";
  std::string_view body;   // JSON, or empty
  bool is_form = false;    // the body is a form instead
  bool sent_once = false;  // on a connection of its own, so that libcurl never repeats it
  bool fresh = false;      // on a new connection, which may be kept
};

class Exchange {
 public:
  /// All must outlive the exchange. Throws std::runtime_error when libcurl lacks what is needed.
  Exchange(const Endpoint& endpoint, OpenSockets& sockets, SharedBodyRoom& body_room);
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// Prepares the handle for a request that is to be over by `deadline`, which is after `now`.
  void prepare(std::size_t number, const Outgoing& outgoing, Moment now, Moment deadline);
  /// Prepares the same request again, on a connection of its own.
  void prepare_afresh(Moment now);

  CURL* handle() const noexcept { return easy_.get(); }
  /// The exchange that owns a handle.
  static Exchange& of(CURL* handle);

  std::size_t number() const noexcept { return number_; }  // as given to prepare()
  Moment deadline() const noexcept { return deadline_; }
  /// Nothing was sent, because the kept connection held bytes that nobody asked for.
  bool refused_its_connection() const noexcept { return connection_soiled_; }

  /// The answer after libcurl has ended the exchange with `code`.
  panel::Answer finish(CURLcode code);
  /// The answer after the exchange was cut off at its deadline.
  panel::Answer finish_overdue();
  /// Nobody will ask for the answer.
  void abandon() noexcept { drop_body(); }

 private:
  void set_up_request(OpenSockets& sockets);
  void set_up_trust();
  void set_method(const Outgoing& outgoing);
  void forget_answer();
  void set_time_limits(Moment now);
  Stage stage() const;
  Outcome outcome(CURLcode code) const;
  std::optional<Failure> failure(CURLcode code) const;
  panel::Answer answer(const std::optional<Failure>& failed);
  std::string detail(const std::string& why) const;
  bool take_body(const char* bytes, std::size_t size);
  void reserve_body(std::size_t size);
  std::string why_too_large() const;
  std::string release_body();
  void drop_body() noexcept;

  static std::size_t on_head_line(char* line, std::size_t, std::size_t size, void* self) noexcept;
  static std::size_t on_body(char* bytes, std::size_t, std::size_t size, void* self) noexcept;
  static CURLcode on_handshake(CURL*, void*, void* self) noexcept;
  static int on_connected(void* self, char*, char*, int, int local_port) noexcept;

  const Endpoint& endpoint_;
  OpenSockets& sockets_;
  EasyHandle easy_;
  std::array<char, CURL_ERROR_SIZE> curl_text_{};

  std::size_t number_ = 0;
  std::string method_;
  std::string target_;
  Moment deadline_;
  bool connect_limit_first_ = false;
  bool shaking_hands_ = false;
  bool sent_ = false;
  bool connection_soiled_ = false;
  std::size_t body_refused_at_ = 0;  // the size that found no room; 0: none did
  bool out_of_memory_ = false;
  ResponseHead head_;
  BodyAllowance body_allowance_;
  std::string body_;
};

}  // namespace vfstock::http
