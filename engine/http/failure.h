// What a failed exchange means to people: libcurl's result codes, read together with how far the
// exchange had come.
#pragma once

#include <string>
#include <string_view>

#include <curl/curl.h>

#include "engine/panel/transport.h"

namespace vfstock::http {

/// How far an exchange has come.
enum class Stage { resolving, connecting, handshaking, waiting, reading };

struct Outcome {
  CURLcode code;
  int os_error;  // errno of the last failing system call, 0 if none
  Stage stage;
  bool connect_limit_first;    // the connect limit ends before the request's deadline
  std::string_view curl_text;  // libcurl's own words, possibly empty
};

struct Failure {
  panel::Ending ending;
  std::string why;  // completes "GET /x from panel.example:443 failed: "
};

/// `outcome.code` is not CURLE_OK. What the panel sent is not repeated in `why`: libcurl's words
/// are used only where they were spoken before the token was sent.
Failure explain(const Outcome& outcome);

/// The whole request took too long, and where it was stuck.
Failure overdue(Stage stage);

}  // namespace vfstock::http
