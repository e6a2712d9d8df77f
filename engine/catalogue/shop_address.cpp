#include "engine/catalogue/shop_address.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace vfstock::catalogue {
namespace {

constexpr std::string_view expected =
    "expected sqlite:FILE or mysql://USER@HOST[:PORT]/DATABASE[?socket=FILE][&ssl-ca=FILE]";

[[noreturn]] void refuse(const std::string& what) {
  throw std::invalid_argument(what + "; " + std::string(expected));
}

unsigned port_from(std::string_view text) {
  unsigned port = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') refuse("the shop's port is no number");
    port = port * 10 + static_cast<unsigned>(digit - '0');
    if (port > 65535) refuse("the shop's port is above 65535");
  }
  if (port == 0) refuse("the shop's port is missing");
  return port;
}

/// "host", "host:port", "[::1]:port".
void take_host(ShopAddress& address, std::string_view text) {
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) refuse("the shop's host lacks its ]");
    address.host = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    if (!text.empty() && text.front() != ':') refuse("the shop's host is not understood");
    if (!text.empty()) port = text.substr(1);
  } else {
    const std::size_t colon = text.find(':');
    address.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon + 1);
  }
  if (address.host.empty()) refuse("the shop's host is missing");
  if (port.empty()) return;
  address.port = port_from(port);
  address.port_given = true;
}

void take_option(ShopAddress& address, std::string_view option) {
  const std::size_t equals = option.find('=');
  const std::string_view name = option.substr(0, equals);
  std::string* const field = name == "socket"   ? &address.socket
                             : name == "ssl-ca" ? &address.ca_file
                                                : nullptr;
  if (field == nullptr) refuse("the shop's address has an unknown option");
  if (equals == std::string_view::npos || equals + 1 == option.size()) {
    refuse("the shop's address has the option " + std::string(name) + " without a file");
  }
  *field = option.substr(equals + 1);
}

void take_options(ShopAddress& address, std::string_view options) {
  for (;;) {
    const std::size_t end = options.find('&');
    take_option(address, options.substr(0, end));
    if (end == std::string_view::npos) return;
    options.remove_prefix(end + 1);
  }
}

ShopAddress mysql_address(std::string_view rest) {
  ShopAddress address;
  address.kind = ShopAddress::Kind::mysql;
  const std::size_t at = rest.rfind('@');
  if (at == std::string_view::npos || at == 0) refuse("the shop's user is missing");
  const std::string_view user = rest.substr(0, at);
  if (user.find(':') != std::string_view::npos) {
    throw std::invalid_argument(
        "the shop's address holds a password, which other people could see; put it into a file and "
        "name that with --shop-password-file, or into VFSTOCK_SHOP_PASSWORD");
  }
  address.user = user;
  rest.remove_prefix(at + 1);
  const std::size_t question = rest.find('?');
  if (question != std::string_view::npos) {
    take_options(address, rest.substr(question + 1));
    rest = rest.substr(0, question);
  }
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || slash + 1 == rest.size()) {
    refuse("the shop's database is missing");
  }
  take_host(address, rest.substr(0, slash));
  address.database = rest.substr(slash + 1);
  return address;
}

}  // namespace

std::string ShopAddress::text() const {
  if (kind == Kind::sqlite) return "sqlite:" + file;
  const bool brackets = host.find(':') != std::string::npos;
  std::string written = "mysql://" + user + "@" + (brackets ? "[" + host + "]" : host);
  if (port_given) written += ":" + std::to_string(port);
  written += "/" + database;
  char separator = '?';
  for (const auto& [name, value] : {std::pair{"socket=", socket}, std::pair{"ssl-ca=", ca_file}}) {
    if (value.empty()) continue;
    written += separator + std::string(name) + value;
    separator = '&';
  }
  return written;
}

bool ShopAddress::is_remote() const {
  if (kind == Kind::sqlite || !socket.empty()) return false;
  return host != "localhost" && host != "::1" && !host.starts_with("127.");
}

ShopAddress parse_shop_address(const std::string& text) {
  constexpr std::string_view sqlite = "sqlite:";
  if (text.starts_with(sqlite)) {
    ShopAddress address;
    address.file = text.substr(sqlite.size());
    if (address.file.empty()) refuse("the shop's file is missing");
    return address;
  }
  for (const std::string_view scheme : {"mysql://", "mariadb://"}) {
    if (text.starts_with(scheme))
      return mysql_address(std::string_view(text).substr(scheme.size()));
  }
  refuse("the shop's address is not understood");
}

}  // namespace vfstock::catalogue
