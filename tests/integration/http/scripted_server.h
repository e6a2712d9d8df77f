// A server that knows no HTTP: it plays bytes exactly as a test wrote them, so that every nasty
// answer can be produced to the byte.
//
// The first connection plays the first script, the second the second, and so on; a connection
// without a script is closed at once. A connection is closed when its script ends.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <openssl/ssl.h>

namespace vfstock::http::testing {

class Peer;
/// One thing to do on a connection. False: the connection is over.
using Step = std::function<bool(Peer&)>;
using Script = std::vector<Step>;

Step read_request();                   // up to its blank line
Step greeted();                        // the client's first bytes have come
Step send_target();                    // a whole answer with the request's target as its body
Step send(std::string bytes);          // all of them
Step send_forever(std::string bytes);  // again and again until the client leaves
Step dribble(std::string bytes);  // one at a time, the last one for ever, until the client leaves
Step until_closed();              // waits for the client to leave
Step reset();                     // tears the connection down
Step half_close();                // says that nothing more will come
Step run(std::function<void()> action);

/// `read_request()`, then `send(bytes)`.
Script answer_with(std::string bytes);

class ScriptedServer {
 public:
  /// Listens on 127.0.0.1, on a free port. With a context every connection speaks TLS.
  explicit ScriptedServer(std::vector<Script> scripts, SSL_CTX* tls = nullptr);
  ~ScriptedServer();  // ends every connection and joins every thread
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  int port() const;
  std::string base_url() const;               // "http://127.0.0.1:PORT/api/v1", https with TLS
  std::vector<std::string> requests() const;  // heads, in the order of their arrival
  int connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A port of 127.0.0.1 where nobody listens.
int closed_port();

}  // namespace vfstock::http::testing
