#include "engine/http/exchange.h"

#include <algorithm>
#include <new>
#include <utility>

#include <fmt/format.h>

#include "engine/http/redact.h"

namespace vfstock::http {
namespace {

constexpr long read_buffer_bytes = 64L * 1024;

long milliseconds_at_least_one(std::chrono::milliseconds time) {
  // libcurl reads 0 as "no limit".
  return static_cast<long>(std::max<std::chrono::milliseconds::rep>(time.count(), 1));
}

template <typename Value>
Value information(CURL* easy, CURLINFO which) {
  Value value{};
  curl_easy_getinfo(easy, which, &value);
  return value;
}

bool on_kept_connection(CURL* easy) { return information<long>(easy, CURLINFO_NUM_CONNECTS) == 0; }

}  // namespace

Endpoint::Endpoint(HttpOptions from)
    : options(std::move(from)), base(parse_base_url(options.base_url)) {
  for (HeaderLines* const lines :
       {&request_headers, &json_request_headers, &form_request_headers}) {
    append(*lines, "Accept: application/json");
    append(*lines, "Cache-Control: no-cache");  // stock is counted from what is so now
    if (options.token.empty()) continue;
    append(*lines, ("Authorization: Bearer " + options.token).c_str());
  }
  append(request_headers, "Content-Type:");  // none, where libcurl would name one of its own
  append(json_request_headers, "Content-Type: application/json");
  append(form_request_headers, "Content-Type: application/x-www-form-urlencoded");
}

Exchange::Exchange(const Endpoint& endpoint, OpenSockets& sockets, SharedBodyRoom& body_room)
    : endpoint_(endpoint),
      sockets_(sockets),
      easy_(make_easy_handle()),
      head_({endpoint.options.first_line_bytes, endpoint.options.head_bytes}),
      body_allowance_(body_room) {
  set_up_request(sockets);
  set_up_trust();
}

void Exchange::set_up_request(OpenSockets& sockets) {
  set(easy_, CURLOPT_PRIVATE, this);
  set(easy_, CURLOPT_ERRORBUFFER, curl_text_.data());
  set(easy_, CURLOPT_NOSIGNAL, 1L);
  // A name that resolves slowly must not hold up the caller beyond the deadline.
  set(easy_, CURLOPT_QUICK_EXIT, 1L);
  set(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy_, CURLOPT_HTTP09_ALLOWED, 0L);
  set(easy_, CURLOPT_USERAGENT, "vfstock/" VFSTOCK_VERSION);
  set(easy_, CURLOPT_ACCEPT_ENCODING, "gzip");
  set(easy_, CURLOPT_PATH_AS_IS, 1L);
  set(easy_, CURLOPT_BUFFERSIZE, read_buffer_bytes);
  set(easy_, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(endpoint_.options.body_bytes));
  set(easy_, CURLOPT_HEADERFUNCTION, &Exchange::on_head_line);
  set(easy_, CURLOPT_HEADERDATA, this);
  set(easy_, CURLOPT_WRITEFUNCTION, &Exchange::on_body);
  set(easy_, CURLOPT_WRITEDATA, this);
  set(easy_, CURLOPT_PREREQFUNCTION, &Exchange::on_connected);
  set(easy_, CURLOPT_PREREQDATA, this);
  set(easy_, CURLOPT_OPENSOCKETFUNCTION, &OpenSockets::open);
  set(easy_, CURLOPT_OPENSOCKETDATA, &sockets);
  set(easy_, CURLOPT_CLOSESOCKETFUNCTION, &OpenSockets::close);
  set(easy_, CURLOPT_CLOSESOCKETDATA, &sockets);
}

void Exchange::set_up_trust() {
  set(easy_, CURLOPT_PROTOCOLS_STR, endpoint_.base.scheme.c_str());
  set(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy_, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  // An empty proxy is "none, whatever the environment says".
  set(easy_, CURLOPT_PROXY, "");
  set(easy_, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy_, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy_, CURLOPT_SSL_CTX_FUNCTION, &Exchange::on_handshake);
  set(easy_, CURLOPT_SSL_CTX_DATA, this);
  set(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (endpoint_.options.ca_file) {
    set(easy_, CURLOPT_CAINFO, endpoint_.options.ca_file->c_str());
    // libcurl would go on trusting the system's folder beside the file.
    set(easy_, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  }
}

Exchange& Exchange::of(CURL* handle) { return *information<Exchange*>(handle, CURLINFO_PRIVATE); }

// To libcurl a request is a GET or, with a body that may be empty, a POST; either goes out under
// the method that is meant.
void Exchange::set_method(const Outgoing& outgoing) {
  if (outgoing.method == "GET") {
    set(easy_, CURLOPT_HTTPGET, 1L);
  } else {
    set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(outgoing.body.size()));
    set(easy_, CURLOPT_COPYPOSTFIELDS, outgoing.body.data());
  }
  const HeaderLines& with_body =
      outgoing.is_form ? endpoint_.form_request_headers : endpoint_.json_request_headers;
  set(easy_, CURLOPT_HTTPHEADER,
      (outgoing.body.empty() ? endpoint_.request_headers : with_body).get());
  set(easy_, CURLOPT_CUSTOMREQUEST, method_.c_str());
  set(easy_, CURLOPT_FRESH_CONNECT, outgoing.sent_once || outgoing.fresh ? 1L : 0L);
  set(easy_, CURLOPT_FORBID_REUSE, outgoing.sent_once ? 1L : 0L);
}

void Exchange::prepare(std::size_t number, const Outgoing& outgoing, Moment now, Moment deadline) {
  number_ = number;
  method_ = outgoing.method;
  target_ = outgoing.target;
  deadline_ = deadline;
  set(easy_, CURLOPT_URL, (endpoint_.base.text + target_).c_str());
  set_method(outgoing);
  set_time_limits(now);
  forget_answer();
}

void Exchange::prepare_afresh(Moment now) {
  set(easy_, CURLOPT_FRESH_CONNECT, 1L);
  set_time_limits(now);
  forget_answer();
}

void Exchange::set_time_limits(Moment now) {
  const auto whole = until(deadline_, now);
  connect_limit_first_ = endpoint_.options.connect < whole;
  set(easy_, CURLOPT_TIMEOUT_MS, milliseconds_at_least_one(whole));
  set(easy_, CURLOPT_CONNECTTIMEOUT_MS,
      milliseconds_at_least_one(std::min(endpoint_.options.connect, whole)));
}

void Exchange::forget_answer() {
  shaking_hands_ = false;
  sent_ = false;
  connection_soiled_ = false;
  body_refused_at_ = 0;
  out_of_memory_ = false;
  curl_text_.front() = '\0';
  head_ = ResponseHead({endpoint_.options.first_line_bytes, endpoint_.options.head_bytes});
  drop_body();
}

Stage Exchange::stage() const {
  if (sent_) return head_.whole() ? Stage::reading : Stage::waiting;
  if (shaking_hands_) return Stage::handshaking;
  if (information<curl_off_t>(handle(), CURLINFO_NAMELOOKUP_TIME_T) > 0) return Stage::connecting;
  return Stage::resolving;
}

Outcome Exchange::outcome(CURLcode code) const {
  return {.code = code,
          .os_error = static_cast<int>(information<long>(handle(), CURLINFO_OS_ERRNO)),
          .stage = stage(),
          .connect_limit_first = connect_limit_first_,
          .curl_text = sent_ ? std::string_view{} : std::string_view{curl_text_.data()}};
}

std::optional<Failure> Exchange::failure(CURLcode code) const {
  // What this side refused comes first: libcurl only knows that a callback said no.
  if (head_.problem()) return Failure{head_.problem()->ending, head_.problem()->what};
  if (body_refused_at_ > 0) return Failure{panel::Ending::body_too_large, why_too_large()};
  if (out_of_memory_) {
    return Failure{panel::Ending::body_too_large, "its answer does not fit into memory"};
  }
  if (code != CURLE_OK) return explain(outcome(code));
  // libcurl calls it success when the connection closes within the head.
  if (!head_.whole()) return explain(outcome(CURLE_GOT_NOTHING));
  return std::nullopt;
}

panel::Answer Exchange::finish(CURLcode code) { return answer(failure(code)); }

panel::Answer Exchange::finish_overdue() { return answer(overdue(stage())); }

panel::Answer Exchange::answer(const std::optional<Failure>& failed) {
  panel::Answer answer;
  answer.status = head_.status();
  answer.headers = head_.release_headers();
  if (failed) {
    answer.ending = failed->ending;
    answer.detail = detail(failed->why);
    drop_body();
    return answer;
  }
  answer.ending = panel::Ending::complete;
  answer.body = release_body();
  return answer;
}

std::string Exchange::detail(const std::string& why) const {
  return redact(method_ + " " + target_ + " from " + endpoint_.base.host + " failed: " + why,
                endpoint_.options.token);
}

bool Exchange::take_body(const char* bytes, std::size_t size) {
  const std::size_t grown = body_.size() + size;
  if (!body_allowance_.grow_to(grown)) {
    body_refused_at_ = grown;
    return false;
  }
  reserve_body(grown);
  body_.append(bytes, size);
  return true;
}

// A body beyond its own room gets all that any may take, at once: memory that nobody has touched
// costs nothing, while a string that doubles holds its bytes twice.
void Exchange::reserve_body(std::size_t size) {
  const std::size_t own = body_allowance_.own();
  try {
    if (size > own) {
      body_.reserve(body_allowance_.whole());
    } else if (body_.empty() && head_.announced_body_bytes()) {
      body_.reserve(std::min(static_cast<std::size_t>(*head_.announced_body_bytes()), own));
    }
  } catch (const std::bad_alloc&) {
    // Where even untouched memory is counted the body grows as it comes.
  }
}

std::string Exchange::why_too_large() const {
  const std::size_t whole = body_allowance_.whole();
  const char* const what = body_refused_at_ > whole
                               ? "its body exceeds"
                               : "its body and those asked for beside it exceed";
  return fmt::format("{} {} bytes", what, whole);
}

std::string Exchange::release_body() {
  std::string body = std::exchange(body_, {});
  if (body.size() <= body.capacity() / 2) body.shrink_to_fit();
  body_allowance_.leave();
  return body;
}

void Exchange::drop_body() noexcept {
  std::string().swap(body_);
  body_allowance_.give_back();
}

// libcurl's callbacks: taking another count than was offered ends the exchange. No exception may
// pass through C, so memory that runs out reads as an answer that is too large.

std::size_t Exchange::on_head_line(char* line, std::size_t, std::size_t size, void* self) noexcept {
  try {
    return static_cast<Exchange*>(self)->head_.take({line, size}) ? size : size + 1;
  } catch (const std::exception&) {
    static_cast<Exchange*>(self)->out_of_memory_ = true;
    return size + 1;
  }
}

std::size_t Exchange::on_body(char* bytes, std::size_t, std::size_t size, void* self) noexcept {
  try {
    return static_cast<Exchange*>(self)->take_body(bytes, size) ? size : size + 1;
  } catch (const std::exception&) {
    static_cast<Exchange*>(self)->out_of_memory_ = true;
    return size + 1;
  }
}

CURLcode Exchange::on_handshake(CURL*, void*, void* self) noexcept {
  static_cast<Exchange*>(self)->shaking_hands_ = true;
  return CURLE_OK;
}

int Exchange::on_connected(void* self, char*, char*, int, int local_port) noexcept {
  auto& exchange = *static_cast<Exchange*>(self);
  if (on_kept_connection(exchange.handle()) &&
      (exchange.sockets_.unread(local_port) || unread_below_tls(exchange.handle()))) {
    exchange.connection_soiled_ = true;
    return CURL_PREREQFUNC_ABORT;
  }
  exchange.sent_ = true;
  return CURL_PREREQFUNC_OK;
}

}  // namespace vfstock::http
