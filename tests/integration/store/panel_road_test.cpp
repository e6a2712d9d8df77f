// The road to the panel: TLS that is verified, a panel that refuses, one that says nothing.
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/integration/store/sync_fixture.h"
#include "tests/integration/store/tls_relay.h"

namespace vfstock::store {
namespace {

using mockpanel::wire::Certificate;
using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// The panel behind TLS, and who vouches for it.
struct SyncOverTls : Sync {
  std::unique_ptr<Certificate> certificate;
  std::unique_ptr<TlsRelay> relay;

  void serve(const mockpanel::wire::CertificateOptions& options = {}) {
    trial();  // the shop itself is made beforehand
    certificate = std::make_unique<Certificate>(options);
    relay = std::make_unique<TlsRelay>(*certificate, panel.port());
    url = relay->url();
    trust(certificate->pem());
  }
  void trust(const std::string& pem) { more = {"--ca-file", folder.write("ca.pem", pem)}; }
  /// Nothing is written, and every decision says why.
  void expect_untrusted() {
    const Said said = run({"sync", "--json"});
    EXPECT_EQ(said.status, 3) << said.out << said.err;
    EXPECT_EQ(qty(1), "20");
    EXPECT_THAT(said.out, HasSubstr("no trusted TLS connection"));
    EXPECT_THAT(decisions(), Each(Field(&KeptDecision::outcome, "kept")));
  }
};

TEST_F(SyncOverTls, TheWholeWayIsVerified) {
  serve();
  const std::string plan = folder.path() + "/plan.json";
  EXPECT_EQ(run({"sync", "--dry-run", "--out", plan}).status, 0);
  EXPECT_EQ(run({"explain", "--product", "1"}).status, 0);
  EXPECT_EQ(run({"snapshot", folder.path() + "/fleet.json"}).status, 0);
  EXPECT_EQ(qty(1), "20");
  const Said said = run({"sync"});
  EXPECT_EQ(said.status, 0) << said.err;
  EXPECT_EQ(qty(1), "31");
}

TEST_F(SyncOverTls, AnotherAuthorityIsNotTrusted) {
  serve();
  trust(Certificate({}).pem());
  expect_untrusted();
  EXPECT_EQ(run({"snapshot", folder.path() + "/fleet.json"}).status, 3);
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/fleet.json"));
  EXPECT_EQ(run({"explain", "--product", "1"}).status, 3);
  trust(certificate->pem());
  EXPECT_EQ(run({"sync"}).status, 0) << "the next run recovers";
  EXPECT_EQ(qty(1), "31");
}

TEST_F(SyncOverTls, TheSystemsAuthoritiesDoNotVouchForIt) {
  serve();
  more.clear();
  expect_untrusted();
}

TEST_F(SyncOverTls, ACertificateForAnotherHostIsNotTrusted) {
  mockpanel::wire::CertificateOptions elsewhere;
  elsewhere.names = "DNS:panel.example";
  serve(elsewhere);
  expect_untrusted();
}

TEST_F(SyncOverTls, AnAuthorityThatIsNoCertificateIsNotTrusted) {
  serve();
  trust("this is no certificate\n");
  expect_untrusted();
}

TEST_F(Sync, AnAuthorityThatIsNotThereIsAMistakeOfUsage) {
  trial();
  more = {"--ca-file", folder.path() + "/none.pem"};
  const Said said = run({"sync"});
  EXPECT_EQ(said.status, 2);
  EXPECT_THAT(said.err, HasSubstr("none.pem: cannot be read"));
}

TEST_F(Sync, APanelThatRefusesEndsTheRunWithItsReason) {
  trial();
  panel.refuse(true);
  const Said said = run({"sync", "--json"});
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(said.out, HasSubstr("nothing listens there"));
  EXPECT_EQ(qty(1), "20");
  panel.refuse(false);
  EXPECT_EQ(run({"sync"}).status, 0);
  EXPECT_EQ(qty(1), "31");
}

// The defaults are 30 s for a request and 2 min for all; here they are short.
TEST_F(Sync, APanelThatSaysNothingEndsTheRunWithinItsDeadline) {
  trial();
  panel.answer_with([](const auto&) {
    mockpanel::faults::Delivery silence;
    silence.end = mockpanel::faults::End::no_answer;
    return silence;
  });
  more = {"--request-deadline", "400ms", "--sweep-deadline", "700ms"};
  const Said said = run({"sync", "--json"});
  EXPECT_EQ(said.status, 3);
  EXPECT_THAT(std::string(product(said, 0)["why"]), HasSubstr("ran out"));
  EXPECT_EQ(qty(1), "20");
  EXPECT_THAT(decisions(), SizeIs(2));
  EXPECT_EQ(run({"explain", "--product", "1"}).status, 3);
  EXPECT_EQ(run({"snapshot", folder.path() + "/fleet.json"}).status, 3);
  panel.answer_with({});
  EXPECT_EQ(run({"sync"}).status, 0);
  EXPECT_EQ(qty(1), "31");
}

TEST_F(Sync, DeadlinesAreTimesWithAUnit) {
  for (const char* wrong : {"10", "0s", "-1s", "2h", "soon"}) {
    const Said said = run({"sync", "--dry-run", "--request-deadline", wrong});
    EXPECT_EQ(said.status, 2) << wrong;
    EXPECT_THAT(said.err, HasSubstr("--request-deadline"));
  }
}

}  // namespace
}  // namespace vfstock::store
