// libcurl's handles as owned values.
#pragma once

#include <memory>

#include <curl/curl.h>

namespace vfstock::http {

// CURL and CURLM are both void, so each needs a deleter of its own.
struct EasyCleanup {
  void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
};
struct MultiCleanup {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};
struct ListCleanup {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

using EasyHandle = std::unique_ptr<CURL, EasyCleanup>;
using MultiHandle = std::unique_ptr<CURLM, MultiCleanup>;
using HeaderLines = std::unique_ptr<curl_slist, ListCleanup>;

/// Throw std::runtime_error when libcurl cannot be set up at all. The first call in a process
/// initialises libcurl; any thread may make it.
EasyHandle make_easy_handle();
MultiHandle make_multi_handle();

/// Adds one header line. Throws std::bad_alloc.
void append(HeaderLines& lines, const char* line);

[[noreturn]] void refuse_option(CURLoption option);

/// Sets an option that this libcurl is known to support. Throws std::runtime_error when it refuses,
/// because a limit or a check that is silently off would be worse than no transport.
template <typename Value>
void set(const EasyHandle& easy, CURLoption option, Value value) {
  if (curl_easy_setopt(easy.get(), option, value) != CURLE_OK) refuse_option(option);
}

}  // namespace vfstock::http
