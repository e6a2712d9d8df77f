#include "tests/integration/store/mariadb_server.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <arpa/inet.h>
#include <fcntl.h>
#include <mysql.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace vfstock::store {
namespace {

std::string as_root_option() { return geteuid() == 0 ? " --user=root" : ""; }

std::string program(const char* name) {
  for (const char* folder : {"/usr/sbin/", "/usr/bin/", "/usr/local/bin/"}) {
    if (std::filesystem::exists(std::string(folder) + name)) return std::string(folder) + name;
  }
  throw std::runtime_error(std::string(name) +
                           " is not installed: apt-get install "
                           "mariadb-server-core mariadb-client-core");
}

/// A port that nobody has now. Debian's server cannot choose one itself.
int free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_ANY);
  socklen_t size = sizeof address;
  if (bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("no free port");
  }
  close(descriptor);
  return ntohs(address.sin_port);
}

void write_key(const mockpanel::wire::Certificate& certificate, const std::string& file) {
  std::FILE* const key = std::fopen(file.c_str(), "w");
  PEM_write_PrivateKey(key, certificate.key(), nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(key);
}

/// Reads the server's talk until it says that it listens.
void wait_until_ready(int talk) {
  std::string said;
  char byte = 0;
  while (read(talk, &byte, 1) == 1) {
    said += byte;
    if (said.ends_with("ready for connections")) return;
  }
  throw std::runtime_error("the database server ended at once:\n" + said);
}

}  // namespace

MariadbServer::MariadbServer() {
  std::string pattern = (std::filesystem::temp_directory_path() / "vfstock-db-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
  socket_ = folder_ + "/s";
  const std::string install = program("mariadb-install-db") + " --no-defaults" + as_root_option() +
                              " --datadir=" + folder_ +
                              "/data --auth-root-authentication-method=normal --skip-test-db > " +
                              folder_ + "/install.log 2>&1";
  if (std::system(install.c_str()) != 0) {
    throw std::runtime_error("mariadb-install-db failed; see " + folder_ + "/install.log");
  }
  port_ = free_port();
  std::ofstream(folder_ + "/certificate.pem") << certificate_.pem();
  write_key(certificate_, folder_ + "/key.pem");
  start();
}

MariadbServer::~MariadbServer() {
  stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

MariadbServer& MariadbServer::shared() {
  static MariadbServer server;
  return server;
}

void MariadbServer::start() {
  if (process_ > 0) return;
  int talk[2];
  if (pipe2(talk, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const std::string server = program("mariadbd");
  std::vector<std::string> words{server,
                                 "--no-defaults",
                                 "--datadir=" + folder_ + "/data",
                                 "--socket=" + socket_,
                                 "--pid-file=" + folder_ + "/pid",
                                 "--port=" + std::to_string(port_),
                                 "--bind-address=127.0.0.1,127.0.0.2",
                                 "--innodb-buffer-pool-size=16M",
                                 "--innodb-flush-log-at-trx-commit=0",
                                 "--sql-mode="};
  if (geteuid() == 0) words.emplace_back("--user=root");
  if (tls_) {
    words.push_back("--ssl-cert=" + folder_ + "/certificate.pem");
    words.push_back("--ssl-key=" + folder_ + "/key.pem");
  }
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  process_ = fork();
  if (process_ == 0) {
    dup2(talk[1], STDERR_FILENO);
    dup2(talk[1], STDOUT_FILENO);
    execv(server.c_str(), arguments.data());
    _exit(127);
  }
  close(talk[1]);
  wait_until_ready(talk[0]);
  // The rest of its talk goes nowhere, but the pipe must stay open.
  static int kept = -1;
  if (kept >= 0) close(kept);
  kept = talk[0];
}

void MariadbServer::serve_tls(bool on) {
  stop();
  tls_ = on;
  start();
}

void MariadbServer::stop() {
  if (process_ <= 0) return;
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
  process_ = -1;
}

void MariadbServer::reset() {
  start();
  sql("DROP DATABASE IF EXISTS whmcs", "");
  sql("CREATE DATABASE whmcs", "");
  sql("DROP USER IF EXISTS 'vfstock'@'localhost'", "");
  sql(std::string("CREATE USER 'vfstock'@'localhost' IDENTIFIED BY '") + password + "'", "");
  const std::string load = program("mariadb") + " --no-defaults --user=root --socket=" + socket_ +
                           " whmcs < " + VFSTOCK_WHMCS;
  if (std::system(load.c_str()) != 0) throw std::runtime_error("whmcs.sql could not be loaded");
}

std::string MariadbServer::sql(const std::string& statement, const std::string& database) {
  MYSQL* const connection = mysql_init(nullptr);
  if (mysql_real_connect(connection, nullptr, "root", "", database.c_str(), 0, socket_.c_str(),
                         0) == nullptr ||
      mysql_query(connection, statement.c_str()) != 0) {
    const std::string why = mysql_error(connection);
    mysql_close(connection);
    throw std::runtime_error(statement + ": " + why);
  }
  std::string cell;
  if (MYSQL_RES* const result = mysql_store_result(connection)) {
    if (MYSQL_ROW row = mysql_fetch_row(result); row != nullptr && row[0] != nullptr) cell = row[0];
    mysql_free_result(result);
  }
  mysql_close(connection);
  return cell;
}

std::string MariadbServer::address(const std::string& user) const {
  return "mysql://" + user + "@localhost/whmcs?socket=" + socket_;
}

std::vector<std::string> readme_grants() {
  std::ifstream readme(VFSTOCK_README);
  std::vector<std::string> grants;
  for (std::string line; std::getline(readme, line);) {
    if (line.starts_with("GRANT ")) grants.push_back(line);
  }
  return grants;
}

}  // namespace vfstock::store
