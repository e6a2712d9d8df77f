// A relay between a client and the database's socket that cuts the connection at a chosen moment:
// before a statement reaches the server, or after the server has done it and before its reply gets
// back.
#pragma once

#include <atomic>
#include <string>
#include <thread>

namespace vfstock::store {

class CuttingRelay {
 public:
  enum class Cut { none, before_statement, before_reply, before_commit_reply };

  /// Listens on a socket of its own and passes on to `server`.
  explicit CuttingRelay(std::string server);
  ~CuttingRelay();
  CuttingRelay(const CuttingRelay&) = delete;
  CuttingRelay& operator=(const CuttingRelay&) = delete;

  const std::string& socket() const { return socket_; }
  /// The next prepared UPDATE is met by this, once; or the COMMIT that follows it.
  void cut(Cut cut) { cut_ = cut; }

 private:
  void serve();
  void pass_on(int client, int server);
  bool from_client(int client, int server);
  bool from_server(int client, int server);

  std::string server_, socket_;
  int listener_ = -1;
  int wake_[2] = {-1, -1};
  std::atomic<Cut> cut_{Cut::none};
  bool update_prepared_ = false;  // the newest prepared statement is an UPDATE
  bool update_sent_ = false;      // and its transaction is not over
  bool reply_is_lost_ = false;
  std::thread thread_;
};

}  // namespace vfstock::store
