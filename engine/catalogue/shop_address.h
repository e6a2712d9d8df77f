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
  std::string socket;  // "?socket=/run/mysqld/mysqld.sock"; empty: over TCP

  /// As it was written.
  std::string text() const;
};

/// Throws std::invalid_argument, saying what was expected. A password in the address is refused and
/// not repeated.
ShopAddress parse_shop_address(const std::string& text);

}  // namespace vfstock::catalogue
