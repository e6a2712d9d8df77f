// What may be told to a daemon, and what may be told to one that runs.
#include "engine/live/serve/settings.h"

#include <gmock/gmock.h>

#include "engine/live/serve/writer.h"

namespace vfstock::serve {
namespace {

Settings usual() {
  Settings settings;
  settings.panel.url = "https://panel.example/api/v1";
  settings.panel.token = "token";
  settings.shop.address = catalogue::parse_shop_address("sqlite:shop.db");
  settings.journal.file = "journal.db";
  return settings;
}

TEST(Listen, ForOthersNeedsProtection) {
  Listen listen;
  EXPECT_NO_THROW(check(listen));
  listen.host = "0.0.0.0";
  EXPECT_THROW(check(listen), live::SettingsError);
  listen.plain_elsewhere = true;
  EXPECT_NO_THROW(check(listen));
  listen.plain_elsewhere = false;
  listen.tls = {"certificate", "key"};
  EXPECT_NO_THROW(check(listen));
}

TEST(Loopback, IsThisMachineAlone) {
  for (const char* own : {"127.0.0.1", "127.1.2.3", "::1", "localhost", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_loopback(own)) << own;
  }
  for (const char* other : {"10.0.0.1", "0.0.0.0", "::", "stock.example", "128.0.0.1",
                            "127.0.0.1.evil.example", "::ffff:127.evil.example"}) {
    EXPECT_FALSE(is_loopback(other)) << other;
  }
}

TEST(Reload, MayChangeWhatIsAskedAndHow) {
  Settings next = usual();
  next.panel.url = "https://other.example/api/v1";
  next.policy["policy"] = "strict";
  next.secrets.hook = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"};
  next.shop.password = "another";
  EXPECT_NO_THROW(check_reload(usual(), next));
}

TEST(Reload, MayNotMoveTheShopTheJournalOrTheAddress) {
  Settings next = usual();
  next.shop.address = catalogue::parse_shop_address("sqlite:other.db");
  EXPECT_THROW(check_reload(usual(), next), live::SettingsError);
  next = usual();
  next.journal.file = "other.db";
  EXPECT_THROW(check_reload(usual(), next), live::SettingsError);
  next = usual();
  next.listen.port = 1;
  EXPECT_THROW(check_reload(usual(), next), live::SettingsError);
}

TEST(Reload, SaysSoWhereItCannotTakeEffect) {
  Settings next = usual();
  next.listen.tls = {"certificate", "key"};
  EXPECT_THROW(check_reload(usual(), next), live::SettingsError);
  next = usual();
  next.listen.names = {"stock.example"};
  EXPECT_THROW(check_reload(usual(), next), live::SettingsError);
}

TEST(Reload, RefusesWhatCannotBeUsed) {
  Settings next = usual();
  next.panel.url = "ftp://panel.example";
  EXPECT_THROW(check_reload(usual(), next), live::SettingsError);
  next = usual();
  next.secrets.hook = {"secret"};
  EXPECT_ANY_THROW(check_reload(usual(), next));
}

}  // namespace
}  // namespace vfstock::serve
