// TLS to the database: verified where the address asks for it, or no connection at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/catalogue/check_shop.h"
#include "mockpanel/wire/certificate.h"
#include "tests/integration/store/sync_fixture.h"

namespace vfstock::store {
namespace {

using catalogue::parse_shop_address;
using catalogue::StoreError;
using mariadb::MysqlDatabase;
using mariadb::MysqlOptions;
using ::testing::HasSubstr;

struct MariadbTls : Sync {
  MariadbServer& server = MariadbServer::shared();
  std::string ours = folder.write("ours.pem", server.certificate());

  void SetUp() override {
    server.reset();
    for (const std::string& grant : readme_grants()) server.sql(grant);
  }
  std::string address(const std::string& host, const std::string& options) {
    return "mysql://vfstock@" + host + ":" + std::to_string(server.port()) + "/whmcs" + options;
  }
  std::string cipher(const std::string& at) {
    MysqlOptions options;
    options.address = parse_shop_address(at);
    options.password = password;
    return MysqlDatabase(options)
        .query("SHOW SESSION STATUS LIKE 'Ssl_cipher'", {})
        .at(0)
        .text("Value");
  }
  std::string refusal(const std::string& at) {
    try {
      cipher(at);
    } catch (const StoreError& error) {
      return error.what();
    }
    return "";
  }
};

TEST_F(MariadbTls, AServerThatIsVouchedForIsReadOverTls) {
  for (const char* host : {"localhost", "127.0.0.1"}) {
    EXPECT_NE(cipher(address(host, "?ssl-ca=" + ours)), "") << host;
  }
  shop = address("localhost", "?ssl-ca=" + ours);
  EXPECT_THAT(run({"check"}).out, HasSubstr("the server is who it says"));
  const Said said = run({"sync"});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(server.sql("SELECT qty FROM tblproducts WHERE id = 1"), "31");
}

TEST_F(MariadbTls, AServerThatNobodyVouchesForIsRefused) {
  const std::string other = folder.write("other.pem", mockpanel::wire::Certificate({}).pem());
  EXPECT_THAT(refusal(address("localhost", "?ssl-ca=" + other)), HasSubstr("vouched for"));
  shop = address("localhost", "?ssl-ca=" + other);
  const Said said = run({"sync"});
  EXPECT_EQ(said.status, 3);
  EXPECT_EQ(server.sql("SELECT qty FROM tblproducts WHERE id = 1"), "20");
}

TEST_F(MariadbTls, AServerUnderAnotherNameIsRefused) {
  // 127.0.0.2 reaches the same server, and its certificate does not name it.
  EXPECT_THAT(refusal(address("127.0.0.2", "?ssl-ca=" + ours)), HasSubstr("name the host"));
}

TEST_F(MariadbTls, AFileThatIsNotThereIsNamed) {
  EXPECT_THAT(refusal(address("localhost", "?ssl-ca=/none.pem")), HasSubstr("/none.pem"));
}

TEST_F(MariadbTls, AServerWithoutTlsIsRefusedWhereItIsAskedFor) {
  server.serve_tls(false);
  const std::string why = refusal(address("localhost", "?ssl-ca=" + ours));
  server.serve_tls(true);
  EXPECT_THAT(why, HasSubstr("must speak TLS"));
}

}  // namespace
}  // namespace vfstock::store
