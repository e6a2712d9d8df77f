#include "tests/integration/http/certificate.h"

#include <cstdio>
#include <stdexcept>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <unistd.h>

namespace vfstock::http::testing {
namespace {

void require(bool done, const char* what) {
  if (!done) throw std::runtime_error(std::string("the test's certificate: ") + what);
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  require(extension != nullptr, "extension");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ",") + name;
  return all;
}

}  // namespace

Certificate::Certificate(const CertificateOptions& options)
    : key_(EVP_EC_gen("P-256")), certificate_(X509_new()) {
  require(key_ != nullptr && certificate_ != nullptr, "key");
  X509* made = certificate_.get();
  X509_set_version(made, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
  X509_gmtime_adj(X509_getm_notBefore(made), static_cast<long>(options.valid_from.count()));
  X509_gmtime_adj(X509_getm_notAfter(made), static_cast<long>(options.valid_until.count()));
  X509_set_pubkey(made, key_.get());
  X509_NAME* name = X509_get_subject_name(made);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("test panel"), -1, -1, 0);
  X509_set_issuer_name(made, name);
  add_extension(made, NID_subject_alt_name, joined(options.names));
  add_extension(made, NID_basic_constraints, "critical,CA:TRUE");
  require(X509_sign(made, key_.get(), EVP_sha256()) > 0, "signature");
}

CertificateFile::CertificateFile(const Certificate& certificate) {
  std::string path = ::testing::TempDir() + "vfstock-certificate-XXXXXX";
  const int descriptor = ::mkstemp(path.data());
  require(descriptor >= 0, "file");
  path_ = path;
  std::FILE* file = ::fdopen(descriptor, "w");
  PEM_write_X509(file, certificate.x509());
  std::fclose(file);
}

CertificateFile::~CertificateFile() { ::unlink(path_.c_str()); }

SslContext server_context(const Certificate& certificate) {
  SslContext context(SSL_CTX_new(TLS_server_method()));
  require(context != nullptr, "context");
  require(SSL_CTX_use_certificate(context.get(), certificate.x509()) == 1, "use");
  require(SSL_CTX_use_PrivateKey(context.get(), certificate.key()) == 1, "use of its key");
  return context;
}

}  // namespace vfstock::http::testing
