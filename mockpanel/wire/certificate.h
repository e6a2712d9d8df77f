// Certificates made on the spot, right but for the one thing that is to be wrong.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <openssl/ssl.h>

namespace vfstock::mockpanel::wire {

struct CertificateOptions {
  std::string subject = "mock panel";
  std::string names = "IP:127.0.0.1,DNS:localhost";           // as OpenSSL writes subjectAltName
  std::chrono::seconds valid_from = -std::chrono::hours{24};  // from now
  std::chrono::seconds valid_until = std::chrono::hours{24};
};

/// A self-signed certificate and its key.
class Certificate {
 public:
  /// Throws std::runtime_error where OpenSSL fails.
  explicit Certificate(const CertificateOptions& options);

  /// What a client is given that is to trust it.
  std::string pem() const;
  X509* x509() const noexcept { return certificate_.get(); }
  EVP_PKEY* key() const noexcept { return key_.get(); }

 private:
  struct Cleanup {
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
  };
  std::unique_ptr<EVP_PKEY, Cleanup> key_;
  std::unique_ptr<X509, Cleanup> certificate_;
};

}  // namespace vfstock::mockpanel::wire
