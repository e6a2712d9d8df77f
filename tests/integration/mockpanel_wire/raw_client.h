// A client that hides nothing: it sends the bytes it is given and tells how the connection ended.
//
// It understands just enough of HTTP to find the end of an answer. Every read gives up after
// `patience` so that a test cannot hang; a test that gives up has failed.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace vfstock::mockpanel::wire {

/// Whether bytes were the last thing the client got, or what came instead.
enum class Ended { not_yet, closed, reset, gave_up };

struct Received {
  std::string head;  // with the empty line
  std::string body;
  Ended ended = Ended::not_yet;

  /// 0 without a status line.
  int status() const;
  /// The value of a header, empty when there is none.
  std::string header(std::string_view name) const;
};

class RawClient {
 public:
  static constexpr std::chrono::seconds patience{20};

  explicit RawClient(int port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// 0, or the errno with which the connection failed.
  int connect_error() const { return connect_error_; }
  void send(std::string_view bytes) const;
  /// The next answer: a head and as many bytes of body as it announces, or what came before the
  /// end.
  Received receive(bool expects_body = true);
  /// Whatever comes, as it comes, until the connection ends or `bytes_max` are there; how it ended.
  Ended drain(std::string& bytes, std::size_t bytes_max);
  Received ask(std::string_view request) {
    send(request);
    return receive();
  }
  /// Whether the server has sent nothing for `time` and the connection still stands.
  bool hears_nothing_for(std::chrono::milliseconds time) const;
  void close();

 private:
  /// Reads more into `pending_`; false when the connection has ended.
  bool read_more(Ended& ended);

  int socket_ = -1;
  int connect_error_ = 0;
  std::string pending_;
};

/// A GET as a well-behaved client of the panel sends it.
std::string get_request(std::string_view target, std::string_view more_headers = "");

}  // namespace vfstock::mockpanel::wire
