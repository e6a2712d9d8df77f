#include "engine/base/secret_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vfstock {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Made of what every escaping writes otherwise.
const std::string secret = "ge/he+im\"&<1|token";

std::string struck_out(const std::string& text) { return SecretText(secret).struck_out(text); }

TEST(SecretTexts, AreStruckOutAsTheyAre) {
  EXPECT_EQ(struck_out("a " + secret + secret + " b"), "a [token][token] b");
  EXPECT_EQ(struck_out("a ge/he+im b"), "a ge/he+im b") << "half of it is none";
}

TEST(SecretTexts, AreStruckOutEscaped) {
  for (const std::string& spelling : std::vector<std::string>{
           R"(ge\/he+im\"&<1|token)", R"(ge\u002fhe\u002Bim\u0022\u0026\u003c1|token)",
           "ge%2Fhe%2bim%22%26%3C1%7Ctoken", "%67e/he+im%22&<1|token",
           "ge/he+im&quot;&amp;&lt;1|token", "ge&#47;he&#x2B;im&#34;&#x26;&lt;1|token"}) {
    EXPECT_EQ(struck_out("x=" + spelling + ";"), "x=[token];") << spelling;
  }
}

// "xy" + secret and so on, encoded; what is left tells no more than a letter at either end.
TEST(SecretTexts, AreStruckOutOfBase64AtEveryOffset) {
  for (const char* encoded : {"Z2UvaGUraW0iJjwxfHRva2Vu",
                              "eGdlL2hlK2ltIiY8MXx0b2tlbg==", "eHlnZS9oZStpbSImPDF8dG9rZW4="}) {
    const std::string left = struck_out(encoded);
    EXPECT_THAT(left, HasSubstr("[token]")) << encoded;
    EXPECT_LE(left.size(), std::string("[token]").size() + 7) << left;
  }
  EXPECT_THAT(struck_out(R"("Z2UvaGUraW0iJjwxfHRva2Vu")"), Not(HasSubstr("aGUraW0")));
}

TEST(SecretTexts, OfNothingAreNowhere) {
  EXPECT_EQ(SecretText("").struck_out("anything at all"), "anything at all");
  EXPECT_EQ(SecretText("ab").struck_out("cab YWI="), "c[token] YWI=")
      << "too short to be told in base64";
}

TEST(SecretTexts, AreFoundAtTheVeryEnd) {
  EXPECT_EQ(struck_out(secret.substr(0, secret.size() - 1)), secret.substr(0, secret.size() - 1));
  EXPECT_EQ(struck_out("%"), "%");
  EXPECT_EQ(struck_out("\\u00"), "\\u00");
}

}  // namespace
}  // namespace vfstock
