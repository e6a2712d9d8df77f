#include "engine/http/curl_handles.h"

#include <new>
#include <stdexcept>
#include <string>

namespace vfstock::http {
namespace {

/// Once per process and never undone: other parts of the process may use libcurl as well.
void initialise_libcurl() {
  static const CURLcode result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK) {
    throw std::runtime_error(std::string("libcurl cannot be initialised: ") +
                             curl_easy_strerror(result));
  }
}

}  // namespace

EasyHandle make_easy_handle() {
  initialise_libcurl();
  EasyHandle easy(curl_easy_init());
  if (!easy) throw std::runtime_error("libcurl gave no handle for a request");
  return easy;
}

MultiHandle make_multi_handle() {
  initialise_libcurl();
  MultiHandle multi(curl_multi_init());
  if (!multi) throw std::runtime_error("libcurl gave no handle for a batch of requests");
  return multi;
}

void append(HeaderLines& lines, const char* line) {
  curl_slist* longer = curl_slist_append(lines.get(), line);
  if (longer == nullptr) throw std::bad_alloc();
  (void)lines.release();
  lines.reset(longer);
}

void refuse_option(CURLoption option) {
  const curl_easyoption* known = curl_easy_option_by_id(option);
  throw std::runtime_error(std::string("this libcurl refuses CURLOPT_") +
                           (known != nullptr ? known->name : std::to_string(option)) +
                           "; vfstock needs 7.88 or later, built with HTTPS");
}

}  // namespace vfstock::http
