// The paging envelope.
#include <gtest/gtest.h>

#include "tests/unit/mockpanel_api/ask.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::api {
namespace {

constexpr const char* list = "https://panel.example/api/v1/compute/hypervisors";

class Paging : public testing::Test {
 protected:
  /// Adds hypervisors until there are `count`.
  void fill(std::size_t count) {
    for (std::int64_t id = 100; world.hypervisors.size() < count; ++id) {
      world.hypervisors[id] = world.hypervisors[1];
      world.hypervisors[id].id = id;
    }
    world.touch();
  }
  std::string labels(const std::string& target) {
    std::string line;
    const Json body = get(api, target);
    for (const Json& link : body["links"]) {
      const std::string label = link["label"];
      if (label.find('&') != std::string::npos) continue;
      line += link["active"] ? "[" + label + "] " : label + " ";
    }
    return line;
  }

  model::World world = published_panel();
  Api api{world, {}};
};

TEST_F(Paging, OfFourteenHypervisorsAtFiveAPageEqualsThePublishedExample) {
  fill(14);
  Json body = get(api, "/compute/hypervisors?results=5");
  EXPECT_EQ(
      keys(body),
      "current_page data first_page_url from last_page last_page_url links next_page_url path "
      "per_page prev_page_url to total");
  EXPECT_EQ(body["data"].size(), 5U);
  body.erase("data");
  const std::string url = std::string(list) + "?results=5&page=";
  const auto link = [](const Json& to, const char* label, bool active) {
    return Json{{"url", to}, {"label", label}, {"active", active}};
  };
  const Json links =
      Json::array({link(nullptr, "&laquo; Previous", false), link(url + "1", "1", true),
                   link(url + "2", "2", false), link(url + "3", "3", false),
                   link(url + "2", "Next &raquo;", false)});
  const Json expected{{"current_page", 1},
                      {"first_page_url", url + "1"},
                      {"from", 1},
                      {"last_page", 3},
                      {"last_page_url", url + "3"},
                      {"links", links},
                      {"next_page_url", url + "2"},
                      {"path", list},
                      {"per_page", 5},
                      {"prev_page_url", nullptr},
                      {"to", 5},
                      {"total", 14}};
  EXPECT_EQ(body.dump(), expected.dump());
}

TEST_F(Paging, OfTheLastPageCountsWhatIsLeft) {
  fill(14);
  const Json body = get(api, "/compute/hypervisors?results=5&page=3");
  EXPECT_EQ(body["data"].size(), 4U);
  EXPECT_EQ(body["from"], 11);
  EXPECT_EQ(body["to"], 14);
  EXPECT_EQ(body["next_page_url"], nullptr);
  EXPECT_EQ(body["prev_page_url"], std::string(list) + "?results=5&page=2");
}

TEST_F(Paging, ShowsTwentyWhenResultsIsAbsentAndLeavesItOutOfTheUrls) {
  fill(21);
  const Json body = get(api, "/compute/hypervisors");
  EXPECT_EQ(body["data"].size(), 20U);
  EXPECT_EQ(body["per_page"], 20);
  EXPECT_EQ(body["first_page_url"], std::string(list) + "?page=1");
  EXPECT_EQ(body["last_page_url"], std::string(list) + "?page=2");
}

TEST_F(Paging, OfGroupResourcesDefaultsToTwentyToo) {
  fill(21);
  const Json body = get(api, "/compute/hypervisors/groups/1/resources");
  EXPECT_EQ(body["data"].size(), 20U);
  EXPECT_EQ(body["total"], 21);
  EXPECT_EQ(get(api, "/compute/hypervisors/groups/1/resources?results=200")["data"].size(), 21U);
}

TEST_F(Paging, ShowsNoMoreThanTheWorldAllows) {
  world.results_max = 4;
  const Json body = get(api, "/compute/hypervisors?results=200");
  EXPECT_EQ(body["data"].size(), 4U);
  EXPECT_EQ(body["per_page"], 4);
  EXPECT_EQ(body["last_page"], 3);
}

TEST_F(Paging, PastTheEndIsEmptyAndStillOk) {
  const Response response = ask(api, "GET", "/compute/hypervisors?page=9223372036854775807");
  EXPECT_EQ(response.status, 200);
  const Json body = Json::parse(response.body);
  EXPECT_EQ(body["data"], Json::array());
  EXPECT_EQ(body["from"], nullptr);
  EXPECT_EQ(body["to"], nullptr);
  EXPECT_EQ(body["next_page_url"], nullptr);
  EXPECT_EQ(body["last_page"], 1);
}

TEST_F(Paging, OfNothingHasOnePage) {
  const Json body = get(api, "/servers");
  EXPECT_EQ(body["last_page"], 1);
  EXPECT_EQ(body["total"], 0);
  EXPECT_EQ(body["from"], nullptr);
}

TEST_F(Paging, KeepsTheOtherQueryFieldsAsPhpWritesThem) {
  const Json body = get(api, "/servers?page=1&hypervisorId[]=1&hypervisorId[]=2&type=full");
  EXPECT_EQ(body["first_page_url"],
            "https://panel.example/api/v1/servers"
            "?hypervisorId%5B0%5D=1&hypervisorId%5B1%5D=2&type=full&page=1");
}

TEST_F(Paging, LinksEveryPageUpToThirteen) {
  fill(13);
  EXPECT_EQ(labels("/compute/hypervisors?results=1&page=2"), "1 [2] 3 4 5 6 7 8 9 10 11 12 13 ");
}

TEST_F(Paging, LinksTheEndsAndTheNeighboursOfManyPages) {
  fill(30);
  EXPECT_EQ(labels("/compute/hypervisors?results=1&page=7"), "1 2 3 4 5 6 [7] 8 9 10 ... 29 30 ");
  EXPECT_EQ(labels("/compute/hypervisors?results=1&page=15"),
            "1 2 ... 12 13 14 [15] 16 17 18 ... 29 30 ");
  EXPECT_EQ(labels("/compute/hypervisors?results=1&page=24"),
            "1 2 ... 21 22 23 [24] 25 26 27 28 29 30 ");
}

TEST_F(Paging, OutOfRangeIsRefusedWhenStrict) {
  for (const char* query : {"results=0", "results=201", "results=x", "results=", "page=0",
                            "page=-1", "page=1.5", "page=99999999999999999999"}) {
    const Response response = ask(api, "GET", std::string("/compute/hypervisors?") + query);
    EXPECT_EQ(response.status, 422) << query;
    EXPECT_TRUE(Json::parse(response.body)["errors"][0].is_string());
  }
}

TEST_F(Paging, OutOfRangeIsMovedIntoRangeWhenLenient) {
  Options options;
  options.strict = false;
  Api lenient(world, options);
  EXPECT_EQ(get(lenient, "/compute/hypervisors?results=0")["per_page"], 1);
  EXPECT_EQ(get(lenient, "/compute/hypervisors?results=500")["per_page"], 200);
  EXPECT_EQ(get(lenient, "/compute/hypervisors?results=x")["per_page"], 20);
  EXPECT_EQ(get(lenient, "/compute/hypervisors?page=-4")["current_page"], 1);
}

}  // namespace
}  // namespace vfstock::mockpanel::api
