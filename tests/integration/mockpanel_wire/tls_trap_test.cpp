// TLS that goes wrong in exactly one way: a client that would shrug that one thing off gets in.
#include "mockpanel/wire/tls_trap.h"

#include <memory>
#include <string>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vfstock::mockpanel::wire {
namespace {

using faults::Kind;

struct Cleanup {
  void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
  void operator()(SSL* session) const noexcept { SSL_free(session); }
};

void trust(SSL_CTX* context, const std::string& pem) {
  BIO* const memory = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509* const certificate = PEM_read_bio_X509(memory, nullptr, nullptr, nullptr);
  X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate);
  X509_free(certificate);
  BIO_free(memory);
}

struct Shaken {
  bool done = false;      // the handshake, by a client that verifies nothing
  long verdict = 0;       // what verification would have said, X509_V_...
  std::string plaintext;  // what came instead of TLS
};

int connected_to(int port) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  EXPECT_EQ(::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  return descriptor;
}

Shaken shake_hands(const TlsTrap& trap) {
  const std::unique_ptr<SSL_CTX, Cleanup> context(SSL_CTX_new(TLS_client_method()));
  trust(context.get(), trap.trusted());
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  const std::unique_ptr<SSL, Cleanup> session(SSL_new(context.get()));
  X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session.get()), "127.0.0.1");
  const int descriptor = connected_to(trap.port());
  SSL_set_fd(session.get(), descriptor);
  Shaken shaken;
  shaken.done = SSL_connect(session.get()) == 1;
  shaken.verdict = SSL_get_verify_result(session.get());
  ERR_clear_error();
  ::close(descriptor);
  return shaken;
}

TEST(TlsTrap, ACertificateIsExpiredAndNothingElse) {
  const Shaken shaken = shake_hands(TlsTrap("127.0.0.1", Kind::named("tls-expired")));
  EXPECT_TRUE(shaken.done);
  EXPECT_EQ(shaken.verdict, X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST(TlsTrap, ACertificateNamesAnotherHostAndNothingElseIsWrong) {
  const Shaken shaken = shake_hands(TlsTrap("127.0.0.1", Kind::named("tls-wrong-name")));
  EXPECT_TRUE(shaken.done);
  EXPECT_EQ(shaken.verdict, X509_V_ERR_IP_ADDRESS_MISMATCH);
}

TEST(TlsTrap, ACertificateIsOneThatNobodyTrusts) {
  const Shaken shaken = shake_hands(TlsTrap("127.0.0.1", Kind::named("tls-self-signed")));
  EXPECT_TRUE(shaken.done);
  EXPECT_EQ(shaken.verdict, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
}

TEST(TlsTrap, TheHandshakeIsTornDownOrAnsweredInPlaintext) {
  EXPECT_FALSE(shake_hands(TlsTrap("127.0.0.1", Kind::named("tls-reset"))).done);
  const TlsTrap plain("127.0.0.1", Kind::named("tls-plaintext"));
  EXPECT_FALSE(shake_hands(plain).done);
  const int descriptor = connected_to(plain.port());
  EXPECT_EQ(::send(descriptor, "x", 1, MSG_NOSIGNAL), 1);
  char answer[8] = {};
  EXPECT_EQ(::recv(descriptor, answer, sizeof answer, MSG_WAITALL), 8);
  EXPECT_EQ(std::string(answer, 8), "HTTP/1.1");
  ::close(descriptor);
}

TEST(TlsTrap, GreetsOneClientAfterTheOther) {
  const TlsTrap trap("127.0.0.1", Kind::named("tls-expired"));
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(shake_hands(trap).done);
  EXPECT_EQ(trap.base_url(), "https://127.0.0.1:" + std::to_string(trap.port()) + "/api/v1");
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
