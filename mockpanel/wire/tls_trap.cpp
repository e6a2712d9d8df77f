#include "mockpanel/wire/tls_trap.h"

#include <array>
#include <csignal>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "mockpanel/wire/certificate.h"
#include "mockpanel/wire/listener.h"
#include "mockpanel/wire/socket.h"

namespace vfstock::mockpanel::wire {
namespace {

using faults::BrokenHandshake;
using std::chrono::hours;

CertificateOptions shown_under(const BrokenHandshake& broken) {
  CertificateOptions options;
  if (broken.expired) {
    options.valid_from = -hours{48};
    options.valid_until = -hours{24};
  }
  if (broken.names_another) options.names = "DNS:panel.example";
  return options;
}

struct SslCleanup {
  void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
  void operator()(SSL* session) const noexcept { SSL_free(session); }
};
using Context = std::unique_ptr<SSL_CTX, SslCleanup>;

Context context_with(const Certificate& certificate) {
  Context context(SSL_CTX_new(TLS_server_method()));
  const bool good = context && SSL_CTX_use_certificate(context.get(), certificate.x509()) == 1 &&
                    SSL_CTX_use_PrivateKey(context.get(), certificate.key()) == 1;
  if (!good) throw std::runtime_error("mock panel cannot speak TLS: OpenSSL refuses its key");
  return context;
}

/// From now on calls on the socket wait, but for twenty seconds at most.
void make_patient(const Socket& socket) {
  const int flags = ::fcntl(socket.descriptor(), F_GETFL);
  ::fcntl(socket.descriptor(), F_SETFL, flags & ~O_NONBLOCK);
  const timeval patience{20, 0};
  ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

// OpenSSL writes to sockets that clients have left; that must not end the program.
void survive_broken_pipes_in_this_thread() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void read_greeting(const Socket& socket) {
  std::array<char, 4096> greeting{};
  (void)::recv(socket.descriptor(), greeting.data(), greeting.size(), 0);
}

void answer_in_plaintext(const Socket& socket) {
  constexpr std::string_view answer =
      "HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Type: text/html\r\n"
      "Content-Length: 0\r\nConnection: close\r\n\r\n";
  read_greeting(socket);
  (void)::send(socket.descriptor(), answer.data(), answer.size(), MSG_NOSIGNAL);
  ::shutdown(socket.descriptor(), SHUT_WR);
  read_greeting(socket);
}

void tear_down(Socket& socket) {
  read_greeting(socket);
  const linger at_once{1, 0};
  ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  socket.close();
}

void show_certificate(const Socket& socket, SSL_CTX* context) {
  const std::unique_ptr<SSL, SslCleanup> session(SSL_new(context));
  if (!session) return;
  SSL_set_fd(session.get(), socket.descriptor());
  SSL_accept(session.get());
  read_greeting(socket);
}

}  // namespace

struct TlsTrap::State {
  std::string host;
  BrokenHandshake broken;
  Certificate shown, other;
  Context context;
  Listener listener;
  Socket alarm;
  std::thread greeter;

  State(std::string where, BrokenHandshake wanted)
      : host(std::move(where)),
        broken(wanted),
        shown(shown_under(wanted)),
        other({.subject = "an authority that signed nothing"}),
        context(context_with(shown)),
        listener(host, 0),
        alarm(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    listener.open();
    greeter = std::thread([this] { greet_all(); });
  }
  ~State() {
    ::eventfd_write(alarm.descriptor(), 1);
    greeter.join();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void greet_all() {
    survive_broken_pipes_in_this_thread();
    std::array<pollfd, 2> entries{
        {{listener.descriptor(), POLLIN, 0}, {alarm.descriptor(), POLLIN, 0}}};
    for (;;) {
      if (::poll(entries.data(), entries.size(), -1) < 0) continue;
      if (entries[1].revents != 0) return;
      Socket client = listener.accept();
      if (client) greet(client);
    }
  }

  void greet(Socket& client) const {
    make_patient(client);
    if (broken.plaintext) return answer_in_plaintext(client);
    if (broken.torn) return tear_down(client);
    show_certificate(client, context.get());
  }
};

TlsTrap::TlsTrap(const std::string& host, const faults::Kind& kind)
    : state_(std::make_unique<State>(host, kind.handshake.value())) {}

TlsTrap::~TlsTrap() = default;

int TlsTrap::port() const noexcept { return state_->listener.port(); }

std::string TlsTrap::base_url() const {
  return fmt::format("https://{}:{}/api/v1", state_->host, port());
}

std::string TlsTrap::trusted() const {
  const bool known = state_->broken.expired || state_->broken.names_another;
  return (known ? state_->shown : state_->other).pem();
}

}  // namespace vfstock::mockpanel::wire
