// The signature of webhooks: the published example, what is refused, and secrets that are changed.
#include "engine/live/serve/signature.h"

#include <stdexcept>

#include <gtest/gtest.h>

namespace vfstock::serve {
namespace {

/// The example that the libraries of Standard Webhooks are tested with.
constexpr const char* secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* other_secret = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
constexpr const char* id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr const char* timestamp = "1614265330";
constexpr const char* body = "{\"test\": 2432232314}";
constexpr const char* signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

const WallTime sent{std::chrono::seconds{1614265330}};

struct Signature : ::testing::Test {
  SignedMessage message{id, timestamp, signature, body};
  std::vector<std::string> keys{key_of(secret)};
  Signed verdict(WallTime now = sent) const { return verify(message, keys, now); }
};

TEST_F(Signature, OfThePublishedExampleIsGood) {
  EXPECT_EQ(verdict(), Signed::good);
  EXPECT_EQ(sign(id, timestamp, body, keys.front()), signature);
}

TEST_F(Signature, CoversIdTimestampAndBody) {
  for (const auto change : {&SignedMessage::id, &SignedMessage::body}) {
    SignedMessage changed = message;
    changed.*change = "x";
    EXPECT_EQ(verify(changed, keys, sent), Signed::forged);
  }
  message.timestamp = "1614265331";
  EXPECT_EQ(verdict(), Signed::forged);
}

TEST_F(Signature, IsGoodForFiveMinutesEitherWay) {
  EXPECT_EQ(verdict(sent + std::chrono::minutes{5}), Signed::good);
  EXPECT_EQ(verdict(sent - std::chrono::minutes{5}), Signed::good);
  EXPECT_EQ(verdict(sent + std::chrono::seconds{301}), Signed::stale);
  EXPECT_EQ(verdict(sent - std::chrono::seconds{301}), Signed::stale);
}

TEST_F(Signature, OfAnySecretInUseIsGood) {
  keys = {key_of(other_secret), key_of(secret)};
  EXPECT_EQ(verdict(), Signed::good);
  keys = {key_of(other_secret)};
  EXPECT_EQ(verdict(), Signed::forged);
  keys = {};
  EXPECT_EQ(verdict(), Signed::forged);
}

TEST_F(Signature, MayBeOneOfSeveral) {
  const std::string several = "v1a,abc v1, v1,AAAA " + std::string(signature);
  message.signatures = several;
  EXPECT_EQ(verdict(), Signed::good);
  std::string too_many;
  for (int i = 0; i < 8; ++i) too_many += "v1,AAAA ";
  too_many += signature;
  message.signatures = too_many;
  EXPECT_EQ(verdict(), Signed::forged);
}

TEST_F(Signature, NeedsEveryHeader) {
  for (const auto header :
       {&SignedMessage::id, &SignedMessage::timestamp, &SignedMessage::signatures}) {
    SignedMessage without = message;
    without.*header = "";
    EXPECT_EQ(verify(without, keys, sent), Signed::incomplete);
  }
  const std::string long_id(257, 'i');
  message.id = long_id;
  EXPECT_EQ(verdict(), Signed::incomplete);
}

TEST_F(Signature, NeedsATimestampThatIsANumber) {
  for (const char* wrong : {"soon", "1614265330.5", "99999999999999999999", " 1614265330"}) {
    message.timestamp = wrong;
    EXPECT_EQ(verdict(), Signed::stale) << wrong;
  }
}

TEST(Secrets, AreWhsecAndBase64OfTheRightLength) {
  EXPECT_EQ(key_of(secret).size(), 24U);
  for (const char* wrong : {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAAA",
                            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!"}) {
    EXPECT_THROW(key_of(wrong), std::invalid_argument) << wrong;
  }
  try {
    key_of("whsec_topsecretstuff");
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_EQ(std::string(error.what()).find("topsecret"), std::string::npos);
  }
}

TEST(Secrets, AreTheSameOnlyWhole) {
  EXPECT_TRUE(same_secret("token", "token"));
  EXPECT_FALSE(same_secret("token", "tokem"));
  EXPECT_FALSE(same_secret("token", "token2"));
}

}  // namespace
}  // namespace vfstock::serve
