#include "engine/mariadb/mysql_database.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <errmsg.h>
#include <fmt/format.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <unistd.h>

#include "engine/base/text.h"
#include "engine/catalogue/store_busy.h"

namespace vfstock::mariadb {
namespace {

struct CloseConnection {
  void operator()(MYSQL* connection) const { mysql_close(connection); }
};
struct CloseStatement {
  void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
};
struct FreeResult {
  void operator()(MYSQL_RES* result) const { mysql_free_result(result); }
};
using Connection = std::unique_ptr<MYSQL, CloseConnection>;
using Statement = std::unique_ptr<MYSQL_STMT, CloseStatement>;
using Result = std::unique_ptr<MYSQL_RES, FreeResult>;

/// MySQL's "disconnected by the server because of inactivity", unknown to libmariadb's headers.
constexpr unsigned client_interaction_timeout = 4031;

/// After these nothing can be asked on the connection any more.
bool is_lost(unsigned error) {
  constexpr std::array<unsigned, 9> lost{
      CR_SERVER_GONE_ERROR, CR_SERVER_LOST,       CR_SERVER_LOST_EXTENDED,
      CR_CONN_HOST_ERROR,   CR_CONNECTION_ERROR,  CR_COMMANDS_OUT_OF_SYNC,
      ER_SERVER_SHUTDOWN,   ER_CONNECTION_KILLED, client_interaction_timeout};
  return std::find(lost.begin(), lost.end(), error) != lost.end();
}

class Failure : public StoreError {
 public:
  Failure(const std::string& message, unsigned error)
      : StoreError(message), lost_(is_lost(error)), busy_(error == ER_LOCK_WAIT_TIMEOUT) {}
  bool connection_lost() const noexcept { return lost_; }
  bool is_busy() const noexcept { return busy_; }

 private:
  bool lost_, busy_;
};

/// What people can do about the errors that they can do something about.
std::string_view advice(unsigned error) {
  switch (error) {
    case ER_ACCESS_DENIED_ERROR:
      return "; look at the user, its host and the password";
    case ER_DBACCESS_DENIED_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
      return "; vfstock check --grants prints the statements that give the account its privileges";
    case CR_SSL_CONNECTION_ERROR:
      return "; the server must speak TLS, and its certificate must name the host and be vouched "
             "for "
             "by the ssl-ca file";
    case ER_LOCK_WAIT_TIMEOUT:
      return "; another program holds the row or the table";
    case ER_OPTION_PREVENTS_STATEMENT:
      return "; the server is read-only, perhaps a replica";
    default:
      return "";
  }
}

Failure failure_of(unsigned error, const char* text) {
  return {fmt::format("{} (error {}){}", text, error, advice(error)), error};
}

/// A file that cannot be read would otherwise be told as a failed handshake, or as nothing.
void demand_tls(MYSQL* connection, const std::string& ca_file) {
  if (access(ca_file.c_str(), R_OK) != 0) {
    throw StoreError(
        fmt::format("{}: the certificates that vouch for the shop's server cannot be "
                    "read: {}",
                    ca_file, std::strerror(errno)));
  }
  const my_bool yes = 1;
  mysql_optionsv(connection, MYSQL_OPT_SSL_CA, ca_file.c_str());
  mysql_optionsv(connection, MYSQL_OPT_SSL_ENFORCE, &yes);
  mysql_optionsv(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
}

/// The parameters of one statement as the library wants them: pointers into `values`.
class Parameters {
 public:
  explicit Parameters(const std::vector<Value>& values) : binds_(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      MYSQL_BIND& bind = binds_[i];
      if (const auto* number = std::get_if<std::int64_t>(&values[i])) {
        bind.buffer_type = MYSQL_TYPE_LONGLONG;
        bind.buffer = const_cast<std::int64_t*>(number);  // NOLINT: the library only reads it
      } else {
        const auto& text = std::get<std::string>(values[i]);
        bind.buffer_type = MYSQL_TYPE_STRING;
        bind.buffer = const_cast<char*>(text.data());  // NOLINT: as above
        bind.buffer_length = text.size();
      }
    }
  }
  MYSQL_BIND* data() { return binds_.data(); }

 private:
  std::vector<MYSQL_BIND> binds_;
};

}  // namespace

struct MysqlDatabase::State {
  explicit State(MysqlOptions given) : options(std::move(given)) {}

  void connect();
  void set_up();
  void run(const std::string& sql);
  bool take_lock(std::chrono::seconds wait);
  void end_old_session();
  void become_writer_again();
  void ensure_connected();
  Statement execute(const std::string& sql, const std::vector<Value>& parameters);
  std::vector<Row> read(const std::string& sql, const std::vector<Value>& parameters);
  [[noreturn]] void fail(MYSQL_STMT* statement);
  /// What is never tried twice.
  template <class Work>
  auto once(Work work);

  MysqlOptions options;
  Connection connection;
  unsigned long session = 0;
  bool is_writer = false;
};

void MysqlDatabase::State::connect() {
  connection.reset(mysql_init(nullptr));
  if (!connection) throw StoreError("the database client could not be set up");
  const auto seconds = [&](mysql_option option, std::chrono::seconds wait) {
    const auto count = static_cast<unsigned>(wait.count());
    mysql_optionsv(connection.get(), option, &count);
  };
  seconds(MYSQL_OPT_CONNECT_TIMEOUT, options.connect);
  seconds(MYSQL_OPT_READ_TIMEOUT, options.answer);
  seconds(MYSQL_OPT_WRITE_TIMEOUT, options.answer);
  // A server must not be able to ask for this machine's files.
  const unsigned no = 0;
  mysql_optionsv(connection.get(), MYSQL_OPT_LOCAL_INFILE, &no);
  mysql_optionsv(connection.get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
  const catalogue::ShopAddress& at = options.address;
  if (!at.ca_file.empty()) demand_tls(connection.get(), at.ca_file);
  if (at.port_given && at.socket.empty()) {
    const unsigned tcp = MYSQL_PROTOCOL_TCP;
    mysql_optionsv(connection.get(), MYSQL_OPT_PROTOCOL, &tcp);
  }
  if (mysql_real_connect(connection.get(), at.socket.empty() ? at.host.c_str() : nullptr,
                         at.user.c_str(), options.password.c_str(), at.database.c_str(), at.port,
                         at.socket.empty() ? nullptr : at.socket.c_str(), 0) == nullptr) {
    const unsigned error = mysql_errno(connection.get());
    const std::string text = mysql_error(connection.get());
    connection.reset();
    throw StoreError(fmt::format("{}: {} (error {}){}", at.text(), text, error, advice(error)));
  }
  set_up();
}

void MysqlDatabase::State::set_up() {
  run("SET SESSION autocommit = 1");
  run(fmt::format("SET SESSION innodb_lock_wait_timeout = {0}, lock_wait_timeout = {0}",
                  options.row_lock.count()));
  if (options.read_only) run("SET SESSION TRANSACTION READ ONLY");
}

void MysqlDatabase::State::run(const std::string& sql) {
  if (mysql_real_query(connection.get(), sql.data(), sql.size()) == 0) return;
  Failure failure = failure_of(mysql_errno(connection.get()), mysql_error(connection.get()));
  if (failure.connection_lost()) connection.reset();
  throw failure;
}

bool MysqlDatabase::State::take_lock(std::chrono::seconds wait) {
  const std::vector<Row> rows =
      read("SELECT GET_LOCK(LEFT(CONCAT('vfstock.', DATABASE()), 64), ?) AS got",
           {static_cast<std::int64_t>(wait.count())});
  return rows.at(0).integer("got") == 1;
}

// Session numbers begin anew when a server restarts, so the old number may be somebody else's by
// now. Whoever holds the writers' lock under that number is us.
void MysqlDatabase::State::end_old_session() {
  const std::vector<Row> rows =
      read("SELECT IS_USED_LOCK(LEFT(CONCAT('vfstock.', DATABASE()), 64)) AS holder", {});
  if (rows.at(0).integer("holder") != static_cast<std::int64_t>(session)) return;
  try {
    run(fmt::format("KILL {}", session));
  } catch (const Failure& failure) {
    // It ended by itself in between, which is what is wanted.
    if (failure.connection_lost()) throw;
  }
}

// A lost connection may have left a statement running. It is over once its session is, and the
// session is over once its lock can be had.
void MysqlDatabase::State::become_writer_again() {
  end_old_session();
  if (take_lock(options.row_lock)) return;
  throw StoreError("after a lost connection the writers' lock could not be had again");
}

void MysqlDatabase::State::ensure_connected() {
  if (connection) return;
  try {
    connect();
    if (is_writer) become_writer_again();
  } catch (const StoreError&) {
    connection.reset();  // half set up, or a writer without the lock: it must not be used
    throw;
  }
  session = mysql_thread_id(connection.get());
}

void MysqlDatabase::State::fail(MYSQL_STMT* statement) {
  Failure failure = failure_of(mysql_stmt_errno(statement), mysql_stmt_error(statement));
  throw failure;
}

Statement MysqlDatabase::State::execute(const std::string& sql,
                                        const std::vector<Value>& parameters) {
  Statement statement(mysql_stmt_init(connection.get()));
  if (!statement) throw StoreError("the database client is out of memory");
  Parameters binds(parameters);
  if (mysql_stmt_prepare(statement.get(), sql.data(), sql.size()) != 0) fail(statement.get());
  if (mysql_stmt_param_count(statement.get()) != parameters.size()) {
    throw StoreError("a statement was given the wrong number of parameters");
  }
  if (!parameters.empty() && mysql_stmt_bind_param(statement.get(), binds.data()) != 0) {
    fail(statement.get());
  }
  if (mysql_stmt_execute(statement.get()) != 0) fail(statement.get());
  return statement;
}

// Every cell is fetched as text, in two steps, because its length is not known before.
std::vector<Row> MysqlDatabase::State::read(const std::string& sql,
                                            const std::vector<Value>& parameters) {
  const Statement statement = execute(sql, parameters);
  const Result description(mysql_stmt_result_metadata(statement.get()));
  if (!description) fail(statement.get());
  const unsigned width = mysql_num_fields(description.get());
  auto columns = std::make_shared<Row::Columns>();
  for (unsigned i = 0; i < width; ++i) {
    columns->emplace_back(mysql_fetch_field_direct(description.get(), i)->name);
  }
  std::vector<unsigned long> lengths(width);
  std::vector<my_bool> nulls(width);
  std::vector<MYSQL_BIND> binds(width);
  for (unsigned i = 0; i < width; ++i) {
    binds[i].buffer_type = MYSQL_TYPE_STRING;
    binds[i].length = &lengths[i];
    binds[i].is_null = &nulls[i];
  }
  if (mysql_stmt_bind_result(statement.get(), binds.data()) != 0) fail(statement.get());
  if (mysql_stmt_store_result(statement.get()) != 0) fail(statement.get());
  std::vector<Row> rows;
  for (;;) {
    const int fetched = mysql_stmt_fetch(statement.get());
    if (fetched == MYSQL_NO_DATA) return rows;
    if (fetched != 0 && fetched != MYSQL_DATA_TRUNCATED) fail(statement.get());
    Row::Cells cells(width);
    for (unsigned i = 0; i < width; ++i) {
      if (nulls[i] != 0) continue;
      std::string& cell = cells[i].emplace(lengths[i], '\0');
      if (cell.empty()) continue;
      MYSQL_BIND whole{};
      whole.buffer_type = MYSQL_TYPE_STRING;
      whole.buffer = cell.data();
      whole.buffer_length = cell.size();
      if (mysql_stmt_fetch_column(statement.get(), &whole, i, 0) != 0) fail(statement.get());
    }
    rows.emplace_back(columns, std::move(cells));
  }
}

/// Begins a transaction; what is not committed at the end is undone.
class MysqlDatabase::Transaction {
 public:
  explicit Transaction(State& state) : state_(state) { state_.run("START TRANSACTION"); }
  ~Transaction() {
    // Where it cannot be undone the session is over, and the server undoes it.
    if (open_ && state_.connection && mysql_rollback(state_.connection.get()) != 0) {
      state_.connection.reset();
    }
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    state_.run("COMMIT");
    open_ = false;
  }

 private:
  State& state_;
  bool open_ = true;
};

MysqlDatabase::MysqlDatabase(MysqlOptions options)
    : state_(std::make_unique<State>(std::move(options))) {
  state_->ensure_connected();
}

MysqlDatabase::~MysqlDatabase() = default;

std::vector<Row> MysqlDatabase::query(const std::string& sql,
                                      const std::vector<Value>& parameters) {
  for (bool again = true;; again = false) {
    state_->ensure_connected();
    try {
      return state_->read(sql, parameters);
    } catch (const Failure& failure) {
      if (!failure.connection_lost()) throw;
      state_->connection.reset();
      if (!again) throw;
    }
  }
}

template <class Work>
auto MysqlDatabase::State::once(Work work) {
  ensure_connected();
  try {
    return work();
  } catch (const Failure& failure) {
    if (failure.connection_lost()) connection.reset();
    if (failure.is_busy()) throw catalogue::StoreBusy(failure.what());
    throw;
  }
}

std::int64_t MysqlDatabase::change(const std::string& sql, const std::vector<Value>& parameters) {
  return state_->once([&] {
    const Statement statement = state_->execute(sql, parameters);
    return static_cast<std::int64_t>(mysql_stmt_affected_rows(statement.get()));
  });
}

catalogue::Changed MysqlDatabase::change_and_read(const std::string& sql,
                                                  const std::vector<Value>& parameters,
                                                  const std::string& question,
                                                  const std::vector<Value>& question_parameters) {
  return state_->once([&] {
    catalogue::Changed changed;
    Transaction all(*state_);
    {
      const Statement statement = state_->execute(sql, parameters);
      changed.rows = static_cast<std::int64_t>(mysql_stmt_affected_rows(statement.get()));
    }
    changed.answer = state_->read(question, question_parameters);
    all.commit();
    return changed;
  });
}

std::vector<std::string> MysqlDatabase::columns_of(const std::string& table) {
  std::vector<std::string> columns;
  for (const Row& row :
       query("SELECT column_name AS name FROM information_schema.columns "
             "WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position",
             {table})) {
    columns.push_back(lower(row.text("name")));
  }
  return columns;
}

bool MysqlDatabase::lock_writers(std::chrono::seconds wait) {
  if (state_->is_writer) return true;
  state_->ensure_connected();
  state_->is_writer = state_->take_lock(wait);
  return state_->is_writer;
}

std::string MysqlDatabase::name() const { return state_->options.address.text(); }

}  // namespace vfstock::mariadb
