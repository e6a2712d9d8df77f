#include "mockpanel/wire/certificate.h"

#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace vfstock::mockpanel::wire {
namespace {

void require(bool done, const char* what) {
  if (!done) {
    throw std::runtime_error(
        std::string("mock panel cannot make a certificate: OpenSSL fails at ") + what);
  }
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  require(extension != nullptr, "an extension");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

}  // namespace

Certificate::Certificate(const CertificateOptions& options)
    : key_(EVP_EC_gen("P-256")), certificate_(X509_new()) {
  require(key_ != nullptr && certificate_ != nullptr, "its key");
  X509* const made = certificate_.get();
  X509_set_version(made, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
  X509_gmtime_adj(X509_getm_notBefore(made), static_cast<long>(options.valid_from.count()));
  X509_gmtime_adj(X509_getm_notAfter(made), static_cast<long>(options.valid_until.count()));
  X509_set_pubkey(made, key_.get());
  X509_NAME* const name = X509_get_subject_name(made);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(options.subject.c_str()), -1,
                             -1, 0);
  X509_set_issuer_name(made, name);
  add_extension(made, NID_subject_alt_name, options.names);
  add_extension(made, NID_basic_constraints, "critical,CA:TRUE");
  require(X509_sign(made, key_.get(), EVP_sha256()) > 0, "its signature");
}

std::string Certificate::pem() const {
  const std::unique_ptr<BIO, int (*)(BIO*)> memory(BIO_new(BIO_s_mem()), BIO_free);
  require(memory != nullptr && PEM_write_bio_X509(memory.get(), certificate_.get()) == 1,
          "its text");
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace vfstock::mockpanel::wire
