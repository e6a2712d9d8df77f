// vfstock fit as a command: shops and traces, what it prints, refuses and writes.
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/sqlite/sqlite_database.h"
#include "engine/sqlite/trial_shop.h"
#include "sim/document/document.h"
#include "tests/unit/cli/command.h"

namespace vfstock::sim::cli {
namespace {

using document::Json;
using ::testing::HasSubstr;

struct FitVerb : ::testing::Test {
  Folder folder;
  std::string shop = folder.path() + "/shop.db", out = folder.path() + "/demand.json";

  static Said fit(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "fit");
    return command(std::move(arguments));
  }

  static catalogue::Product product(std::int64_t id) {
    catalogue::Product row;
    row.id = {id};
    row.name = "VPS <S>";
    row.servertype = "VirtFusionDirect";
    row.stockcontrol = 1;
    row.configoption1 = "1";
    row.configoption2 = "1";
    return row;
  }

  /// A hundred days of one order a day at nine, each of two services; every second one ended after
  /// ten days, and real shops' odd rows beside them.
  void make_shop() {
    catalogue::Product other = product(2);
    other.servertype = "virtfusiondirect";
    sqlite::create_trial_shop(shop, {{product(1), other}, {}, {}});
    sqlite::SqliteDatabase database(shop, sqlite::SqliteDatabase::Open::read_write);
    sqlite::SqliteTransaction all(database);
    const auto order = [&](std::int64_t id, const std::string& when) {
      database.change("INSERT INTO tblorders (id, date, status) VALUES (?,?,'Active')", {id, when});
    };
    const auto service = [&](std::int64_t id, std::int64_t package, const std::string& day,
                             const std::string& end, const std::string& status) {
      database.change(
          "INSERT INTO tblhosting (orderid, packageid, regdate, termination_date, "
          "domainstatus) VALUES (?,?,?,?,?)",
          {id, package, day, end, status});
    };
    for (int n = 0; n < 100; ++n) {
      const auto day = [](int number) {
        const std::chrono::year_month_day date{
            std::chrono::sys_days{std::chrono::days{20'000 + number}}};
        return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                           unsigned(date.day()));
      };
      order(n + 1, day(n) + " 09:30:00");
      service(n + 1, 1, day(n), "0000-00-00", "Active");
      if (n + 10 < 100) service(n + 1, 1, day(n), day(n + 10), "Terminated");
      if (n + 10 >= 100) service(n + 1, 1, day(n), "0000-00-00", "Suspended");
    }
    order(900, "0000-00-00 00:00:00");
    service(900, 1, "0000-00-00", "0000-00-00", "Active");
    service(901, 1, "2024-10-10", "0000-00-00", "Fraud");
    service(902, 1, "2024-10-10", "0000-00-00", "Terminated");
    service(903, 2, "2024-10-10", "0000-00-00", "Active");
    all.commit();
  }
};

TEST_F(FitVerb, LearnsFromAShopWithZeroDates) {
  make_shop();
  const Said ran =
      fit({"--shop", "sqlite:" + shop, "--as-of", "2025-01-12", "--json", "--out", out});
  ASSERT_EQ(ran.status, Status::good) << ran.err;
  const Json json = Json::parse(ran.out);
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["period"], "day");
  ASSERT_EQ(json["products"].size(), 1U) << "the row that is not managed teaches nothing";
  const Json& product = json["products"][0];
  EXPECT_EQ(product["name"], "VPS <S> (product 1)");
  EXPECT_EQ(product["orders"], 101);
  EXPECT_NEAR(product["mean_batch"].get<double>(), 2, 0.02);
  EXPECT_NEAR(product["per_day"].get<double>(), 1, 0.1);
  EXPECT_NEAR(product["never_leaves"].get<double>(), 0.5, 0.02);
  EXPECT_EQ(product["running"], 110);
  EXPECT_GT(product["week"][9], product["week"][3]);
  EXPECT_EQ(json["backtest"][0]["method"], "fitted");
  EXPECT_GE(json["backtest"].size(), 7U);
  EXPECT_THAT(json["remarks"].dump(), HasSubstr("1 orders never became a VPS"));
  const Json written = document::read_file(out);
  EXPECT_EQ(written, json["fragment"]);
  EXPECT_EQ(written["patch"]["running"]["product 1 in group 1"]["count"], 110);
}

TEST_F(FitVerb, PrintsWhatItKnowsAndHowGoodThatIs) {
  make_shop();
  const std::string csv = folder.path() + "/held.csv";
  const Said ran = fit({"--shop", "sqlite:" + shop, "--as-of", "2025-01-12", "--csv", csv});
  ASSERT_EQ(ran.status, Status::good) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("VPS <S> (product 1)\n  orders    "));
  EXPECT_THAT(ran.out, HasSubstr("hours     busiest 09:00"));
  EXPECT_THAT(ran.out, HasSubstr("  running   110; "));
  EXPECT_THAT(ran.out, HasSubstr("Backtest: "));
  EXPECT_THAT(ran.out, HasSubstr("\n  last month "));
  std::ifstream stream(csv);
  std::string header, line;
  std::getline(stream, header);
  EXPECT_THAT(header, ::testing::StartsWith("time,product,observed,p10,p25,p50,p75,p90,p5,p95,"));
  int lines = 0;
  while (std::getline(stream, line)) ++lines;
  EXPECT_GE(lines, 30);
}

TEST_F(FitVerb, AnEmptyShopIsABadAnswerAndNoShopAtAllFails) {
  sqlite::create_trial_shop(shop, {{product(1)}, {}, {}});
  const Said empty = fit({"--shop", "sqlite:" + shop});
  EXPECT_EQ(empty.status, Status::bad_answer);
  EXPECT_THAT(empty.err, HasSubstr("nothing to learn from"));
  EXPECT_EQ(fit({"--shop", "sqlite:" + folder.path() + "/none.db"}).status, Status::outside_failed);
}

TEST_F(FitVerb, ATraceNeedsNumbersOnlyForAPlan) {
  const std::string trace = folder.path() + "/trace.csv";
  {
    std::ofstream stream(trace);
    stream << "time,product,lifetime,censored\n";
    for (int n = 0; n < 500; ++n) stream << n * 600 << ",small,900,0\n";
  }
  const Said nameless = fit({"--trace", trace, "--out", out});
  EXPECT_EQ(nameless.status, Status::usage);
  EXPECT_THAT(nameless.err, HasSubstr("--map small=ID"));
  EXPECT_EQ(fit({"--trace", trace}).status, Status::good);
  const Said mapped = fit({"--trace", trace, "--map", "small=12", "--out", out, "--json"});
  ASSERT_EQ(mapped.status, Status::good) << mapped.err;
  const Json json = Json::parse(mapped.out);
  EXPECT_EQ(json["period"], "hour");
  EXPECT_NEAR(json["products"][0]["per_day"].get<double>(), 144, 5);
  EXPECT_EQ(document::read_file(out)["patch"]["demand"]["product 12"]["product"], 12);
}

/// Three orders a day, but none on days 40 to 59.
std::string trace_with_a_gap(const Folder& folder) {
  std::string text = "time,product,lifetime,censored\n";
  for (int day = 0; day < 100; ++day) {
    if (day >= 40 && day < 60) continue;
    for (const int hour : {3, 9, 20}) {
      text += fmt::format("{},small,,\n", day * 86'400 + hour * 3'600 + day % 7 * 60);
    }
  }
  return folder.write("gap.csv", text);
}

TEST_F(FitVerb, TellsGapsAndLearnsWhatWasWantedWhenToldThatItWasClosed) {
  const std::string trace = trace_with_a_gap(folder);
  const Said silent = fit({"--trace", trace});
  ASSERT_EQ(silent.status, Status::good) << silent.err;
  EXPECT_THAT(silent.out, HasSubstr("gaps      1 without an order for longer than chance explains, "
                                    "first 1970-02-09 to 1970-03-02"));
  const Said told = fit({"--trace", trace, "--closed", "small=1970-02-10..1970-03-01", "--json"});
  ASSERT_EQ(told.status, Status::good) << told.err;
  const Json product = Json::parse(told.out)["products"][0];
  EXPECT_NEAR(product["per_day"].get<double>(), 3, 0.1);
  EXPECT_NEAR(product["open_share"].get<double>(), 0.8, 0.005);
  EXPECT_NEAR(product["sold_per_day"].get<double>(), 2.4, 0.02);
  EXPECT_TRUE(product["gaps"].empty());
}

TEST_F(FitVerb, WritesWhatStillRunsOfATraceToo) {
  const std::string trace = trace_with_a_gap(folder);
  ASSERT_EQ(fit({"--trace", trace, "--map", "small=4", "--out", out}).status, Status::good);
  const Json fragment = document::read_file(out);
  EXPECT_EQ(fragment["patch"]["running"]["product 4"]["count"], 240);
  EXPECT_EQ(fragment["patch"]["running"]["product 4"]["counted"], true);
  EXPECT_EQ(fragment["begins"], "1970-04-10T00:00:00Z");
}

TEST_F(FitVerb, ATraceCanBeLookedAtAsItWas) {
  const std::string trace = trace_with_a_gap(folder);
  const Said ran = fit({"--trace", trace, "--as-of", "1970-02-01", "--json"});
  ASSERT_EQ(ran.status, Status::good) << ran.err;
  EXPECT_EQ(Json::parse(ran.out)["products"][0]["orders"], 93);
  EXPECT_EQ(Json::parse(ran.out)["until"], "1970-02-01T00:00:00Z");
}

TEST_F(FitVerb, CountsByFiveMinutes) {
  const std::string trace = trace_with_a_gap(folder);
  const Said ran = fit({"--trace", trace, "--period", "5m", "--as-of", "1970-01-03", "--json"});
  ASSERT_EQ(ran.status, Status::good) << ran.err;
  EXPECT_EQ(Json::parse(ran.out)["period"], "5 minutes");
}

TEST_F(FitVerb, ThreeOrdersTeachNoHoursAndItSaysSo) {
  const std::string trace = folder.write(
      "three.csv", "time,product,lifetime,censored\n0,1,1,0\n2000000,1,1,0\n4000000,1,1,0\n");
  const Said ran = fit({"--trace", trace});
  ASSERT_EQ(ran.status, Status::good) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("too few to learn"));
  EXPECT_THAT(ran.out, ::testing::Not(HasSubstr("within 80 %")));
}

TEST_F(FitVerb, RefusesOptionsThatContradictThemselvesOrSayNothing) {
  const std::string trace = trace_with_a_gap(folder);
  const auto refusal = [&](const std::string& option, const std::string& value) {
    const Said ran = fit({"--trace", trace, option, value});
    EXPECT_EQ(ran.status, Status::usage) << option << " " << value;
    return ran.err;
  };
  EXPECT_THAT(fit({"--trace", trace, "--map", "small=1", "--map", "small=2"}).err,
              HasSubstr("--map: 'small' is given twice"));
  EXPECT_THAT(refusal("--closed", "large=1970-02-10..1970-03-01"), HasSubstr("no product 'large'"));
  EXPECT_THAT(refusal("--closed", "1970-03-10..1970-03-01"), HasSubstr("--closed: expected dates"));
  EXPECT_THAT(refusal("--event", "1970-03-01..1970-03-02"), HasSubstr("--event: expected NAME"));
  EXPECT_THAT(refusal("--prior", "3..1"), HasSubstr("--prior: expected"));
  EXPECT_THAT(refusal("--lead", "soon"), HasSubstr("--lead: expected"));
  EXPECT_THAT(fit({"--trace", "/dev/zero"}).err, HasSubstr("is no regular file"));
}

TEST_F(FitVerb, RefusesWhatIsNotATrace) {
  const std::string trace = folder.path() + "/trace.csv";
  std::ofstream(trace) << "time,product,lifetime,censored\n1,a,soon,0\n";
  const Said ran = fit({"--trace", trace});
  EXPECT_EQ(ran.status, Status::usage);
  EXPECT_THAT(ran.err, HasSubstr("trace.csv:2: lifetime: expected seconds"));
  EXPECT_EQ(fit({}).status, Status::usage);
  EXPECT_EQ(fit({"--trace", folder.path() + "/none.csv"}).status, Status::usage);
  EXPECT_EQ(fit({"--trace", trace, "--shop", "sqlite:x"}).status, Status::usage);
  EXPECT_EQ(fit({"--trace", trace, "--period", "month"}).status, Status::usage);
}

}  // namespace
}  // namespace vfstock::sim::cli
