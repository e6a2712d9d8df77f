#include "engine/http/base_url.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace vfstock::http {
namespace {

TEST(BaseUrl, LosesItsTrailingSlashesAndNamesItsHost) {
  const BaseUrl base = parse_base_url("https://panel.example/api/v1//");
  EXPECT_EQ(base.text, "https://panel.example/api/v1");
  EXPECT_EQ(base.scheme, "https");
  EXPECT_EQ(base.name, "panel.example");
  EXPECT_EQ(base.host, "panel.example:443");
}

TEST(BaseUrl, MayHaveAPortAndNoPath) {
  const BaseUrl base = parse_base_url("http://[::1]:8080");
  EXPECT_EQ(base.text, "http://[::1]:8080");
  EXPECT_EQ(base.name, "[::1]");
  EXPECT_EQ(base.host, "[::1]:8080");
}

TEST(BaseUrl, ReadsItsSchemeInAnyLetterCase) {
  EXPECT_EQ(parse_base_url("HTTPS://panel.example").scheme, "https");
}

TEST(BaseUrl, IsRefusedWhenARequestCouldGoAstray) {
  for (const char* text :
       {"", "panel.example", "//panel.example", "ftp://panel.example", "file:///etc/passwd",
        "https://", "https://u@panel.example", "https://u:s3cret@panel.example",
        "https://@panel.example", "https://panel.example/?a=b", "https://panel.example/?",
        "https://panel.example/#a", "https://panel.example\\@evil.example", "https://a b/",
        "https://panel.example/\r\nX-B: c", "https://panel.example:99999/"}) {
    EXPECT_THROW(parse_base_url(text), std::invalid_argument) << text;
  }
}

TEST(BaseUrl, IsNotRepeatedWhenRefused) {
  try {
    parse_base_url("https://u:s3cret@panel.example");
    FAIL() << "accepted";
  } catch (const std::invalid_argument& refused) {
    EXPECT_EQ(std::string(refused.what()).find("s3cret"), std::string::npos);
    EXPECT_NE(std::string(refused.what()).find("credentials"), std::string::npos);
  }
}

TEST(Path, StartsWithASlashAndIsVisibleAscii) {
  EXPECT_TRUE(is_path("/"));
  EXPECT_TRUE(is_path("/packages/7?results=200&page=1"));
  for (const char* target :
       {"", "packages", "@evil.example", ":80/", "/a b", "/a\n", "/#", "/\x7f"}) {
    EXPECT_FALSE(is_path(target)) << target;
  }
}

}  // namespace
}  // namespace vfstock::http
