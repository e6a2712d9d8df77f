// Database on a MariaDB or MySQL server, through libmariadb.
//
// Every statement is a prepared one and a transaction of its own. The server's waits are set
// shorter than the client's, so that a statement that cannot get its lock fails on the server
// instead of being left behind by an impatient client. Where the connection is lost all the same,
// the next call makes a new one: it ends the old session on the server and takes the writers' lock
// again, which the server gives only once the old session is over. Only then is what the old
// statement did, or did not do, final and worth reading. The writers' lock is GET_LOCK on the
// connection that writes. An address with ssl-ca is reached over TLS or not at all: the server must
// prove with a certificate that this file vouches for that it is the host. Messages never hold the
// password. Not thread-safe.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "engine/catalogue/database.h"
#include "engine/catalogue/shop_address.h"

namespace vfstock::mariadb {

using catalogue::Row;
using catalogue::StoreError;
using catalogue::Value;

struct MysqlOptions {
  catalogue::ShopAddress address;
  std::string password;
  /// The server refuses every change on this connection.
  bool read_only = false;
  std::chrono::seconds connect{10};
  std::chrono::seconds answer{30};   // the longest silence of the server
  std::chrono::seconds row_lock{5};  // how long a statement waits for locked rows and tables
};

class MysqlDatabase final : public catalogue::Database {
 public:
  /// Throws StoreError when the server cannot be reached or refuses.
  explicit MysqlDatabase(MysqlOptions options);
  ~MysqlDatabase() override;
  MysqlDatabase(const MysqlDatabase&) = delete;
  MysqlDatabase& operator=(const MysqlDatabase&) = delete;

  std::vector<Row> query(const std::string& sql, const std::vector<Value>& parameters) override;
  std::int64_t change(const std::string& sql, const std::vector<Value>& parameters) override;
  catalogue::Changed change_and_read(const std::string& sql, const std::vector<Value>& parameters,
                                     const std::string& question,
                                     const std::vector<Value>& question_parameters) override;
  std::vector<std::string> columns_of(const std::string& table) override;
  bool lock_writers(std::chrono::seconds wait) override;
  std::string name() const override;

 private:
  struct State;
  class Transaction;
  std::unique_ptr<State> state_;
};

}  // namespace vfstock::mariadb
