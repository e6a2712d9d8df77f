// Where the API lives: checked once, so that what a request is built from can name one host only.
#pragma once

#include <string>

namespace vfstock::http {

struct BaseUrl {
  std::string text;    // "https://panel.example/api/v1", normalised, without a trailing slash
  std::string scheme;  // "http" or "https"
  std::string name;    // "panel.example"
  std::string host;    // "panel.example:443", for people
};

/// Throws std::invalid_argument unless `text` is http:// or https:// with a host and neither
/// credentials, query nor fragment. The message does not repeat `text`, which may hold a password.
BaseUrl parse_base_url(const std::string& text);

/// True when `target` appended to a base URL stays on its host: it starts with '/' and holds
/// visible ASCII only, without '#'.
bool is_path(const std::string& target);

}  // namespace vfstock::http
