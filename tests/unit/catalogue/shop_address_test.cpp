#include "engine/catalogue/shop_address.h"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfstock::catalogue {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string refusal_of(const std::string& text) {
  try {
    parse_shop_address(text);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST(ShopAddress, NamesAFile) {
  const ShopAddress address = parse_shop_address("sqlite:shops/a.db");
  EXPECT_EQ(address.kind, ShopAddress::Kind::sqlite);
  EXPECT_EQ(address.file, "shops/a.db");
}

TEST(ShopAddress, NamesAServer) {
  const ShopAddress address = parse_shop_address("mysql://vfstock@db.example:3307/whmcs");
  EXPECT_EQ(address.kind, ShopAddress::Kind::mysql);
  EXPECT_EQ(address.user, "vfstock");
  EXPECT_EQ(address.host, "db.example");
  EXPECT_EQ(address.port, 3307U);
  EXPECT_EQ(address.database, "whmcs");
  EXPECT_EQ(address.text(), "mysql://vfstock@db.example:3307/whmcs");
}

TEST(ShopAddress, TakesASocketAndIpv6) {
  const ShopAddress address = parse_shop_address("mariadb://u@[::1]/d?socket=/run/m.sock");
  EXPECT_EQ(address.host, "::1");
  EXPECT_EQ(address.port, 3306U);
  EXPECT_EQ(address.socket, "/run/m.sock");
}

TEST(ShopAddress, TakesWhoVouchesForTheServer) {
  const ShopAddress address =
      parse_shop_address("mysql://u@db.example/d?ssl-ca=/etc/ca.pem&socket=/run/m.sock");
  EXPECT_EQ(address.ca_file, "/etc/ca.pem");
  EXPECT_EQ(address.socket, "/run/m.sock");
  EXPECT_EQ(address.text(), "mysql://u@db.example/d?socket=/run/m.sock&ssl-ca=/etc/ca.pem");
}

TEST(ShopAddress, KnowsWhatIsOnThisMachine) {
  for (const char* near : {"sqlite:a.db", "mysql://u@localhost/d", "mysql://u@127.0.0.1:3307/d",
                           "mysql://u@[::1]/d", "mysql://u@db.example/d?socket=/run/m.sock"}) {
    EXPECT_FALSE(parse_shop_address(near).is_remote()) << near;
  }
  EXPECT_TRUE(parse_shop_address("mysql://u@db.example/d").is_remote());
}

TEST(ShopAddress, RemembersThatAPortWasGiven) {
  EXPECT_TRUE(parse_shop_address("mysql://u@localhost:3306/d").port_given);
  EXPECT_FALSE(parse_shop_address("mysql://u@localhost/d").port_given);
  EXPECT_EQ(parse_shop_address("mysql://u@localhost:3306/d").text(), "mysql://u@localhost:3306/d");
}

TEST(ShopAddress, RefusesAPasswordWithoutRepeatingIt) {
  const std::string refusal = refusal_of("mysql://vfstock:hunter2@localhost/whmcs");
  EXPECT_THAT(refusal, HasSubstr("--shop-password-file"));
  EXPECT_THAT(refusal, Not(HasSubstr("hunter2")));
}

TEST(ShopAddress, SaysWhatIsWrong) {
  EXPECT_THAT(refusal_of("sqlite:"), HasSubstr("file is missing"));
  EXPECT_THAT(refusal_of("mysql://localhost/whmcs"), HasSubstr("user is missing"));
  EXPECT_THAT(refusal_of("mysql://u@localhost"), HasSubstr("database is missing"));
  EXPECT_THAT(refusal_of("mysql://u@localhost:x/d"), HasSubstr("port"));
  EXPECT_THAT(refusal_of("mysql://u@localhost:70000/d"), HasSubstr("port"));
  EXPECT_THAT(refusal_of("mysql://u@h/d?ssl=1"), HasSubstr("unknown option"));
  EXPECT_THAT(refusal_of("mysql://u@h/d?ssl-ca="), HasSubstr("ssl-ca without a file"));
  EXPECT_THAT(refusal_of("mysql://u@h/d?socket=a&"), HasSubstr("unknown option"));
  EXPECT_THAT(refusal_of("postgres://u@h/d"), HasSubstr("expected sqlite:FILE"));
}

}  // namespace
}  // namespace vfstock::catalogue
