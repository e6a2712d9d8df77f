#include "sim/cli/panel_tokens.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/cli/options.h"

namespace vfstock::sim::cli {
namespace {

using mockpanel::api::all_scopes;
using mockpanel::api::Scope;
using testing::HasSubstr;
using testing::Not;

class PanelTokens : public testing::Test {
 protected:
  PanelTokens()
      : path_(std::filesystem::temp_directory_path() /
              ("vfstock-tokens-" + std::to_string(::getpid()))) {}
  ~PanelTokens() override { std::filesystem::remove(path_); }

  std::vector<mockpanel::api::Token> read(const std::string& text, const std::string& scopes = "") {
    std::ofstream(path_) << text;
    return read_tokens(path_, scopes);
  }
  std::string refusal(const std::string& text, const std::string& scopes = "") {
    try {
      read(text, scopes);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "accepted";
  }

 private:
  std::filesystem::path path_;
};

TEST_F(PanelTokens, OneALineWithWhatItMayDo) {
  const auto tokens = read("# the shop's\nopen-sesame read-packages,read-compute\n\nall-of-it\n");
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(tokens[0].secret, "open-sesame");
  EXPECT_EQ(tokens[0].scopes, (std::set<Scope>{Scope::read_compute, Scope::read_packages}));
  EXPECT_EQ(tokens[1].scopes, all_scopes());
}

TEST_F(PanelTokens, WithoutScopesOfItsOwnItHasTheUsualOnes) {
  const auto tokens = read("a\nb servers\n", "users,self-service");
  EXPECT_EQ(tokens[0].scopes, (std::set<Scope>{Scope::users, Scope::self_service}));
  EXPECT_EQ(tokens[1].scopes, std::set<Scope>{Scope::servers});
}

TEST_F(PanelTokens, AWrongLineIsNamedWithoutItsSecret) {
  EXPECT_THAT(refusal("secret-1 servers\nsecret-2 everything\n"),
              HasSubstr("line 2: expected scopes"));
  EXPECT_THAT(refusal("secret-2 everything\n"), HasSubstr("write-packages"));
  EXPECT_THAT(refusal("secret-2 everything\n"), Not(HasSubstr("secret-2")));
  EXPECT_THAT(refusal("a servers users\n"), HasSubstr("nothing else"));
  EXPECT_THAT(refusal("# nothing\n"), HasSubstr("holds no token"));
  EXPECT_THAT(refusal("a\n", "everything"), HasSubstr("--scopes: expected scopes"));
}

}  // namespace
}  // namespace vfstock::sim::cli
