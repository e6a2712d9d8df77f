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
  EXPECT_EQ(json["backtest"].size(), 4U);
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
  EXPECT_THAT(ran.out, HasSubstr("VPS <S> (product 1)\n  orders    1.0"));
  EXPECT_THAT(ran.out, HasSubstr("hours     busiest 09:00"));
  EXPECT_THAT(ran.out, HasSubstr("  running   110; "));
  EXPECT_THAT(ran.out, HasSubstr("Backtest: "));
  EXPECT_THAT(ran.out, HasSubstr("\n  last month "));
  std::ifstream stream(csv);
  std::string header, line;
  std::getline(stream, header);
  EXPECT_EQ(header, "time,product,observed,p10,p25,p50,p75,p90");
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
