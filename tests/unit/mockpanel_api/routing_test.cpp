// Routes, tokens and manners.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mockpanel_api/ask.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::api {
namespace {

using testing::HasSubstr;

class Routing : public testing::Test {
 protected:
  Response with_header(const std::string& name, const std::string& value) {
    Request made = request("GET", "/packages");
    std::erase_if(made.headers, [&](const auto& header) { return header.first == name; });
    if (!value.empty()) made.headers.emplace_back(name, value);
    return api.handle(made, {}, created_at);
  }
  model::World world = published_panel();
  Api api{world, {}};
};

TEST_F(Routing, AnswersAnUnknownRouteAsTheFrameworkDoes) {
  for (const char* path : {"/", "", "/nothing", "/packages/1/more", "//packages", "/compute"}) {
    const Response response = ask(api, "GET", path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_TRUE(Json::parse(response.body)["message"].is_string());
  }
  EXPECT_EQ(ask(api, "GET", "/nothing").body,
            R"({"message":"The route api\/v1\/nothing could not be found."})");
}

TEST_F(Routing, AnswersAWrongMethodWithThoseThatAreRight) {
  const Response response = ask(api, "PUT", "/servers");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(field(response.headers, "Allow"), "GET, HEAD, POST");
  EXPECT_THAT(response.body,
              HasSubstr("The PUT method is not supported for route api\\/v1\\/servers"));
  EXPECT_EQ(field(ask(api, "POST", "/compute/hypervisors/groups").headers, "Allow"), "GET, HEAD");
}

TEST_F(Routing, RefusesAMissingOrForeignCredentialWithAnEmptyBody) {
  for (const char* value : {"", "Basic abc", "Bearer ", "Bearer"}) {
    const Response response = with_header("Authorization", value);
    EXPECT_EQ(response.status, 401) << value;
    EXPECT_EQ(response.body, "");
  }
}

TEST_F(Routing, KnowsTokensAndTheirScopes) {
  Options options;
  options.tokens = {{"shop", {Scope::read_packages}}};
  Api guarded(world, options);
  const auto status = [&](const char* path, const char* credential) {
    Request made = request("GET", path);
    made.headers[0].second = credential;
    return guarded.handle(made, {}, created_at).status;
  };
  EXPECT_EQ(status("/packages", "Bearer shop"), 200);
  EXPECT_EQ(status("/connect", "Bearer shop"), 200);
  EXPECT_EQ(status("/compute/hypervisors/groups", "Bearer shop"), 403);
  EXPECT_EQ(status("/servers", "Bearer shop"), 403);
  EXPECT_EQ(status("/packages", "Bearer other"), 401);
}

TEST_F(Routing, SaysWhichPermissionIsMissingWithoutTheToken) {
  Options options;
  options.tokens = {{"any", {}}};
  Api guarded(world, options);
  const Response response = ask(guarded, "GET", "/packages");
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(keys(Json::parse(response.body)), "errors");
  EXPECT_THAT(response.body, HasSubstr("read-packages"));
}

TEST_F(Routing, RefusesBadMannersWhenStrict) {
  EXPECT_EQ(with_header("Accept", "").status, 400);
  EXPECT_EQ(with_header("Accept", "text/html").status, 400);
  EXPECT_EQ(ask(api, "GET", "/packages", "{}").status, 400);
  EXPECT_EQ(ask(api, "GET", "/packages?results=5").status, 400);
  EXPECT_EQ(ask(api, "GET", "/servers?results%20page=5").status, 400);
  EXPECT_THAT(ask(api, "GET", "/servers?colour=red").body, HasSubstr("colour"));
  EXPECT_EQ(ask(api, "GET", "/packages/").status, 400);
  Request form = request("POST", "/users", "name=J&email=j@d.e");
  form.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  EXPECT_EQ(api.handle(form, {}, created_at).status, 400);
}

TEST_F(Routing, HeadIsAReadWithoutABody) {
  const Response head = ask(api, "HEAD", "/packages/1");
  EXPECT_EQ(head.status, 200);
  // The wire leaves the body out and keeps its length.
  EXPECT_EQ(head.body, ask(api, "GET", "/packages/1").body);
  EXPECT_EQ(ask(api, "HEAD", "/packages/99").status, 404);
  EXPECT_EQ(ask(api, "HEAD", "/users").status, 405);
}

TEST_F(Routing, SlashesAtTheEndOfAPathAreNotSeenUnlessStrict) {
  Options options;
  options.strict = false;
  Api lenient(world, options);
  EXPECT_EQ(ask(lenient, "GET", "/packages/1/").status, 200);
  EXPECT_EQ(ask(lenient, "GET", "/packages//").status, 200);
  EXPECT_EQ(get(lenient, "/compute/hypervisors/")["path"],
            "https://panel.example/api/v1/compute/hypervisors");
}

TEST_F(Routing, WhatIsDocumentedAndNotHereIsSaidByName) {
  const Response response = ask(api, "POST", "/servers/7/customXML");
  EXPECT_EQ(response.status, 501);
  EXPECT_THAT(Json::parse(response.body)["message"].get<std::string>(),
              HasSubstr("POST /servers/{id}/customXML"));
  EXPECT_EQ(ask(api, "GET", "/servers/7/firewall/primary").status, 501);
  EXPECT_EQ(ask(api, "GET", "/servers/7/fireworks").status, 404);
}

TEST_F(Routing, AbsoluteUrlsBeginWhereThePanelWasReached) {
  Options options;
  options.urls_from_host = true;
  Api reached(world, options);
  Request made = request("GET", "/compute/hypervisors?results=5");
  const auto path_for = [&](const std::string& host) {
    std::erase_if(made.headers, [](const auto& header) { return header.first == "Host"; });
    made.headers.emplace_back("Host", host);
    return Json::parse(reached.handle(made, {}, created_at).body);
  };
  EXPECT_EQ(path_for("127.0.0.1:8892")["next_page_url"],
            "http://127.0.0.1:8892/api/v1/compute/hypervisors?results=5&page=2");
  // An answer that is remembered is remembered for its host alone.
  EXPECT_EQ(path_for("panel.test")["path"], "http://panel.test/api/v1/compute/hypervisors");
  EXPECT_EQ(path_for("panel.test")["links"][1]["url"],
            "http://panel.test/api/v1/compute/hypervisors?results=5&page=1");
  EXPECT_EQ(path_for("evil/?x=\"")["path"], "https://panel.example/api/v1/compute/hypervisors");
}

TEST_F(Routing, ShrugsBadMannersOffWhenLenient) {
  Options options;
  options.strict = false;
  Api lenient(world, options);
  Request made = request("GET", "/packages?colour=red", "{}");
  made.headers.pop_back();
  EXPECT_EQ(lenient.handle(made, {}, created_at).status, 200);
}

TEST_F(Routing, RemembersAnswersPerQuery) {
  EXPECT_EQ(get(api, "/compute/hypervisors?results=1")["per_page"], 1);
  EXPECT_EQ(get(api, "/compute/hypervisors?results=2")["per_page"], 2);
  EXPECT_EQ(get(api, "/compute/hypervisors?results=1")["per_page"], 1);
}

TEST_F(Routing, ForgetsAnswersRatherThanKeepingThousands) {
  for (int page = 1; page < 600; ++page) {
    EXPECT_EQ(get(api, "/packages/" + std::to_string(page)).contains("data"), page == 1);
  }
}

TEST(Target, IsSplitAndDecoded) {
  Request made;
  set_target(made, "/a%2fb%/c?x=1+2&y=%41&&z&x=3#part");
  EXPECT_EQ(made.path, "/a/b%/c");
  EXPECT_EQ(made.query, (Fields{{"x", "1 2"}, {"y", "A"}, {"z", ""}, {"x", "3"}}));
  set_target(made, "/plain");
  EXPECT_TRUE(made.query.empty());
}

TEST(Field, IsFoundInAnyLetterCase) {
  const Fields fields{{"Content-Type", "a"}, {"content-type", "b"}};
  EXPECT_EQ(field(fields, "CONTENT-TYPE"), "a");
  EXPECT_EQ(field(fields, "Accept"), std::nullopt);
}

}  // namespace
}  // namespace vfstock::mockpanel::api
