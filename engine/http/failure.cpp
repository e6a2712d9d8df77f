#include "engine/http/failure.h"

#include <cerrno>

namespace vfstock::http {
namespace {

using panel::Ending;

std::string with_curl_text(std::string why, const Outcome& outcome) {
  if (outcome.curl_text.empty()) return why;
  return why + " (" + std::string(outcome.curl_text) + ")";
}

Failure name_unresolved(const Outcome& outcome) {
  return {Ending::name_unresolved,
          with_curl_text("its name has no address; check the panel's URL and this machine's DNS",
                         outcome)};
}

Failure tls_failed(const Outcome& outcome) {
  return {
      Ending::tls_failed,
      with_curl_text("no trusted TLS connection; check the certificate, its host name and dates, "
                     "and the CA file",
                     outcome)};
}

Failure not_connected(const Outcome& outcome) {
  if (outcome.os_error == ECONNREFUSED) {
    return {Ending::refused, "nothing listens there; check address and port, and that it runs"};
  }
  return {Ending::unreachable,
          with_curl_text("it cannot be reached; check address, route and firewall", outcome)};
}

/// libcurl has one code for both time limits.
Failure timed_out(const Outcome& outcome) {
  if (!outcome.connect_limit_first) return overdue(outcome.stage);
  switch (outcome.stage) {
    case Stage::resolving:
      return name_unresolved(outcome);
    case Stage::connecting:
      return not_connected(outcome);
    case Stage::handshaking:
      return tls_failed(outcome);
    case Stage::waiting:
    case Stage::reading:
      break;
  }
  return overdue(outcome.stage);
}

Failure closed_early(Stage stage) {
  return {Ending::closed_early, stage == Stage::reading
                                    ? "it closed the connection before the body was whole"
                                    : "it closed the connection before it had answered"};
}

Failure malformed(std::string why) { return {Ending::malformed_http, std::move(why)}; }

Failure torn(const Outcome& outcome) {
  if (outcome.os_error != 0) return {Ending::reset, "the connection was torn down"};
  // Without an error of the system libcurl stumbled over the bytes themselves.
  return malformed("what arrived cannot be read as HTTP, or as its chunks");
}

}  // namespace

Failure overdue(Stage stage) {
  constexpr const char* stuck[] = {"resolving its name", "connecting", "in the TLS handshake",
                                   "waiting for the head of the answer", "reading the body"};
  return {Ending::deadline, std::string("the time for the whole request ran out while ") +
                                stuck[static_cast<std::size_t>(stage)]};
}

Failure explain(const Outcome& outcome) {
  switch (outcome.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return name_unresolved(outcome);
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
      return not_connected(outcome);
    case CURLE_OPERATION_TIMEDOUT:
      return timed_out(outcome);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_USE_SSL_FAILED:
      return tls_failed(outcome);
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
      return closed_early(outcome.stage);
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      return torn(outcome);
    case CURLE_FILESIZE_EXCEEDED:
      return {Ending::body_too_large, "it announces a body beyond the limit"};
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:
      return malformed("its body is not encoded as it says");
    case CURLE_UNSUPPORTED_PROTOCOL:
      return malformed("what it sent is not an HTTP answer");
    case CURLE_OUT_OF_MEMORY:
      // libcurl's word for a single line beyond its own limit (100 KB).
      if (outcome.stage == Stage::waiting) {
        return {Ending::head_too_large, "a line of its head is endless"};
      }
      return {Ending::body_too_large, "its body does not fit into memory"};
    default:
      break;
  }
  if (outcome.stage < Stage::waiting) return not_connected(outcome);
  return malformed("its answer does not follow HTTP");
}

}  // namespace vfstock::http
