// Certificates made on the spot, so that TLS can go wrong in exactly one way.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <openssl/ssl.h>

namespace vfstock::http::testing {

struct X509Cleanup {
  void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};
struct KeyCleanup {
  void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};
struct ContextCleanup {
  void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
};
using SslContext = std::unique_ptr<SSL_CTX, ContextCleanup>;

struct CertificateOptions {
  std::vector<std::string> names;                            // "DNS:panel.example", "IP:127.0.0.1"
  std::chrono::seconds valid_from = -std::chrono::hours{1};  // from now
  std::chrono::seconds valid_until = std::chrono::hours{1};
};

/// A self-signed certificate and its key.
class Certificate {
 public:
  explicit Certificate(const CertificateOptions& options);
  X509* x509() const noexcept { return certificate_.get(); }
  EVP_PKEY* key() const noexcept { return key_.get(); }

 private:
  std::unique_ptr<EVP_PKEY, KeyCleanup> key_;
  std::unique_ptr<X509, X509Cleanup> certificate_;
};

/// The certificate as a PEM file that goes away with this object.
class CertificateFile {
 public:
  explicit CertificateFile(const Certificate& certificate);
  ~CertificateFile();
  CertificateFile(const CertificateFile&) = delete;
  CertificateFile& operator=(const CertificateFile&) = delete;
  const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

/// A server's side of TLS that shows this certificate.
SslContext server_context(const Certificate& certificate);

}  // namespace vfstock::http::testing
