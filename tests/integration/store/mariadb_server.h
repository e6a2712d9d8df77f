// A MariaDB server of the tests' own: a fresh data folder, a socket, a free port on loopback with
// TLS, gone at the end. It can be stopped and started again, and every test begins with a fresh
// WHMCS schema.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "engine/mariadb/mysql_database.h"
#include "mockpanel/wire/certificate.h"

namespace vfstock::store {

class MariadbServer {
 public:
  /// Throws std::runtime_error, saying what is missing.
  MariadbServer();
  ~MariadbServer();
  MariadbServer(const MariadbServer&) = delete;
  MariadbServer& operator=(const MariadbServer&) = delete;

  /// The one server of this program, started when it is first asked for.
  static MariadbServer& shared();

  void start();
  /// Restarts it with or without TLS on its port.
  void serve_tls(bool on);
  /// As an administrator stops it.
  void stop();

  /// A fresh schema from whmcs.sql in the database `whmcs`, and the account 'vfstock'@'localhost'
  /// with `password` and no privileges.
  void reset();
  /// One statement as root; the first cell of the answer, if any.
  std::string sql(const std::string& statement, const std::string& database = "whmcs");

  const std::string& socket() const { return socket_; }
  int port() const { return port_; }
  /// For localhost and 127.0.0.1, signed by itself; as PEM.
  std::string certificate() const { return certificate_.pem(); }
  /// "mysql://USER@localhost/whmcs?socket=..."
  std::string address(const std::string& user) const;
  static constexpr const char* password = "correct horse battery";

 private:
  std::string folder_, socket_;
  int port_ = 0;
  bool tls_ = true;
  mockpanel::wire::Certificate certificate_{{}};
  pid_t process_ = -1;
};

/// The GRANT statements that the README tells people to use.
std::vector<std::string> readme_grants();

}  // namespace vfstock::store
