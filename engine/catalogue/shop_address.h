// Where a shop is: "sqlite:shop.db" or "mysql://user@host:3306/whmcs". Never holds a password.
#pragma once

#include <optional>
#include <string>

namespace vfstock::catalogue {

struct ShopAddress {
  enum class Kind { sqlite, mysql };
  Kind kind = Kind::sqlite;
  std::string file;  // sqlite
  std::string user, host, database;
  unsigned port = 3306;
  bool port_given = false;  // then "localhost", too, is reached over TCP
  std::string socket;       // "?socket=/run/mysqld/mysqld.sock"
  /// "?ssl-ca=/etc/ssl/shop-ca.pem": encrypted or not at all, with a server that this file vouches
  /// for under the host's name. Empty: as the client library and the server agree, unverified.
  std::string ca_file;

  /// Neither a socket nor this machine.
  bool is_remote() const;
  /// As it was written.
  std::string text() const;
};

/// Throws std::invalid_argument, saying what was expected. A password in the address is refused and
/// not repeated.
ShopAddress parse_shop_address(const std::string& text);

}  // namespace vfstock::catalogue
