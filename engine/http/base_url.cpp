#include "engine/http/base_url.h"

#include <algorithm>
#include <memory>
#include <stdexcept>

#include <curl/curl.h>

namespace vfstock::http {
namespace {

struct UrlCleanup {
  void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlCleanup>;

bool visible_ascii(char c) { return c > ' ' && c < '\x7f'; }

/// Empty when the URL has no such part.
std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
  const std::unique_ptr<char, decltype(&curl_free)> owned(text, &curl_free);
  return owned.get();
}

[[noreturn]] void refuse(const char* why) {
  throw std::invalid_argument(std::string("the panel's base URL ") + why +
                              "; write it like https://panel.example/api/v1");
}

}  // namespace

BaseUrl parse_base_url(const std::string& text) {
  if (!std::all_of(text.begin(), text.end(), visible_ascii)) {
    refuse("holds spaces or characters that are not plain ASCII");
  }
  if (text.find_first_of("?#\\") != std::string::npos) {
    refuse("must not hold a query, a fragment or a backslash");
  }
  const Url url(curl_url());
  if (!url) throw std::bad_alloc();
  if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    refuse("cannot be read as a URL");
  }
  const std::string scheme = part(url, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") refuse("must start with https:// or http://");
  if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty() ||
      text.find('@') != std::string::npos) {
    refuse("must not hold credentials; the token has a setting of its own");
  }
  BaseUrl base;
  base.scheme = scheme;
  base.name = part(url, CURLUPART_HOST);
  base.host = base.name + ":" + part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  base.text = part(url, CURLUPART_URL);
  base.text.erase(base.text.find_last_not_of('/') + 1);
  return base;
}

bool is_path(const std::string& target) {
  return !target.empty() && target.front() == '/' &&
         std::all_of(target.begin(), target.end(),
                     [](char c) { return visible_ascii(c) && c != '#'; });
}

}  // namespace vfstock::http
