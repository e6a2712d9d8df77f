// vfstock forecast as a command: what it prints, what it refuses, and its exit status.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sim/cli/program.h"

namespace vfstock::sim::cli {
namespace {

struct Ran {
  int status = 0;
  std::string out, err;
};

Ran run_forecast(std::vector<std::string> arguments) {
  std::ostringstream out, err;
  arguments.insert(arguments.begin(), "forecast");
  const int status = run({arguments, {}, out, err});
  return {status, out.str(), err.str()};
}

const std::string plan = std::string(VFSTOCK_PLAN_FOLDER) + "/hardware-purchase.json";

std::string file_of(const std::string& name, const std::string& text) {
  const auto file = std::filesystem::path(::testing::TempDir()) / name;
  std::ofstream(file) << text;
  return file.string();
}

TEST(ForecastVerb, PrintsASentencePerProductAndADifferencePerWhatIf) {
  const Ran ran = run_forecast({"--replicates", "20", plan});
  EXPECT_EQ(ran.status, Status::good);
  EXPECT_NE(ran.out.find("of the runs sell out"), std::string::npos);
  EXPECT_NE(ran.out.find("What if: two on day 60"), std::string::npos);
  EXPECT_TRUE(ran.err.empty()) << ran.err;
}

TEST(ForecastVerb, JsonHasAFormatAndEveryWhatIf) {
  const std::string more = file_of("no-buffer.json", R"({"name": "no buffer",
    "patch": {"products": {"1": {"configoption7": "0"}}}})");
  const Ran ran = run_forecast({"--json", "--replicates", "20", "--what-if", more, plan});
  ASSERT_EQ(ran.status, Status::good);
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["replicates"], 20);
  ASSERT_EQ(json["what_ifs"].size(), 3U);
  EXPECT_EQ(json["what_ifs"][2]["name"], "no buffer");
  EXPECT_GT(json["what_ifs"][2]["total"]["served"]["value"], 0);
}

TEST(ForecastVerb, CsvHoldsTimeProductQuantileAndValue) {
  const std::string csv = file_of("stock.csv", "");
  ASSERT_EQ(run_forecast({"--replicates", "20", "--csv", csv, plan}).status, Status::good);
  std::ifstream stream(csv);
  std::string header, line;
  std::getline(stream, header);
  EXPECT_EQ(header, "time,product,quantile,value");
  int lines = 0;
  while (std::getline(stream, line)) ++lines;
  EXPECT_EQ(lines, 30 * 5);
}

std::string text_of(const std::string& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(ForecastVerb, HtmlIsAPageWithDatesWhereTheFirstDayIsKnown) {
  const std::string page = file_of("page.html", "");
  const Ran ran =
      run_forecast({"--replicates", "20", "--html", page, "--begins", "2026-12-01", plan});
  ASSERT_EQ(ran.status, Status::good) << ran.err;
  const std::string text = text_of(page);
  EXPECT_EQ(text.find("<!doctype html>"), 0U);
  EXPECT_NE(text.find("P50 if two on day 60"), std::string::npos);
  EXPECT_NE(text.find(" (2027-"), std::string::npos);
  EXPECT_NE(ran.out.find(" (2027-"), std::string::npos);
  EXPECT_EQ(run_forecast({"--begins", "tomorrow", plan}).status, Status::usage);
  EXPECT_EQ(run_forecast({"--replicates", "2", "--html", "/nowhere/page.html", plan}).status,
            Status::usage);
}

TEST(ForecastVerb, LearntDemandReplacesThePlansAndIsToldOf) {
  const std::string demand =
      file_of("demand.json", R"({"name": "learnt", "description": "From sales.",
    "patch": {"demand": {"product 1": {"product": 1, "per_day": 0, "life": {"law": "never"}}}}})");
  const Ran ran = run_forecast({"--replicates", "20", "--demand", demand, plan});
  ASSERT_EQ(ran.status, Status::good) << ran.err;
  EXPECT_NE(ran.out.find("  wanted      by nobody"), std::string::npos);
  EXPECT_NE(ran.out.find("hardware dealer. From sales."), std::string::npos);
}

TEST(ForecastVerb, AnImpossibleWhatIfIsNamedByItsPointer) {
  const std::string bad =
      file_of("bad.json", R"({"name": "typo", "patch": {"products": {"9": {"price": 1}}}})");
  const Ran ran = run_forecast({"--what-if", bad, plan});
  EXPECT_EQ(ran.status, Status::usage);
  EXPECT_NE(ran.err.find("(typo): /products/9: there is no product 9"), std::string::npos)
      << ran.err;
}

TEST(ForecastVerb, RunningVpsesThatDoNotFitAreNamedByTheirPointer) {
  const std::string many = file_of(
      "many.json", R"({"name": "too many", "patch": {"running": {"tenants": {"count": 9999}}}})");
  const Ran ran = run_forecast({"--what-if", many, plan});
  EXPECT_EQ(ran.status, Status::usage);
  EXPECT_NE(ran.err.find("(too many): /running/tenants: VPS "), std::string::npos) << ran.err;
}

TEST(ForecastVerb, AWhatIfThatComesTooLateIsTold) {
  const std::string late = file_of("late.json", R"({"name": "late", "patch": {"operations": {
    "drained": {"at": "200d", "drain": 1}}}})");
  const Ran ran = run_forecast({"--replicates", "2", "--what-if", late, plan});
  ASSERT_EQ(ran.status, Status::good) << ran.err;
  EXPECT_NE(ran.out.find("note: the operation 'drained' of day 200 comes after the horizon (day "
                         "180): it changes nothing"),
            std::string::npos)
      << ran.out;
}

TEST(ForecastVerb, DemandIsNotNeededAndNothingIsAskedOfNobody) {
  nlohmann::json json = nlohmann::json::parse(text_of(plan), nullptr, true, true);
  json.erase("demand");
  json.erase("what_ifs");
  const Ran ran = run_forecast({"--replicates", "10", file_of("empty.json", json.dump())});
  ASSERT_EQ(ran.status, Status::good) << ran.err;
  EXPECT_NE(ran.out.find("no run sells out (at most "), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("?"), std::string::npos) << ran.out;
}

TEST(ForecastVerb, MoneyHasACurrency) {
  nlohmann::json json = nlohmann::json::parse(text_of(plan), nullptr, true, true);
  json["currency"] = "EUR";
  const Ran ran = run_forecast({"--replicates", "4", file_of("priced.json", json.dump())});
  EXPECT_NE(ran.out.find(" EUR a month sold, "), std::string::npos) << ran.out;
  EXPECT_EQ(ran.out.find("names no currency"), std::string::npos);
}

TEST(ForecastVerb, APageIsMadeAgainByteForByte) {
  const std::string page = file_of("again.html", "");
  const auto made = [&](const char* threads) {
    std::ostringstream out, err;
    EXPECT_EQ(run({{"forecast", "--replicates", "6", "--threads", threads, "--html", page, plan},
                   {{"SOURCE_DATE_EPOCH", "1796083200"}},
                   out,
                   err}),
              Status::good)
        << err.str();
    return text_of(page);
  };
  const std::string first = made("1");
  EXPECT_NE(first.find("2026-12-01"), std::string::npos);
  EXPECT_EQ(made("3"), first);
}

TEST(ForecastVerb, MixesAndPoliciesAreAskedOnTheirOwn) {
  const Ran mix = run_forecast({"--mix", "1=1", "--on", "30d", "--replicates", "10", plan});
  EXPECT_EQ(mix.status, Status::good) << mix.err;
  EXPECT_NE(mix.out.find("VPSes fit together"), std::string::npos);
  EXPECT_NE(mix.out.find("on day 30.0: half of the 10 runs have room for "), std::string::npos);
  EXPECT_EQ(run_forecast({"--mix", "7=1", plan}).status, Status::usage);
  EXPECT_EQ(run_forecast({"--mix", "1=nan", plan}).status, Status::usage);
  EXPECT_EQ(run_forecast({"--on", "30d", plan}).status, Status::usage);
  EXPECT_EQ(run_forecast({"--mix", "1=1", "--policies", "all", plan}).status, Status::usage);
  const Ran study =
      run_forecast({"--policies", "buffer,trailing", "--replicates", "2", "--json", plan});
  ASSERT_EQ(study.status, Status::good) << study.err;
  const auto json = nlohmann::json::parse(study.out);
  EXPECT_EQ(json["policies"].size(), 6U) << "as planned, four other buffers, trailing off";
  EXPECT_FALSE(json["efficient"].empty());
  const Ran typo = run_forecast({"--policies", "bufer", plan});
  EXPECT_EQ(typo.status, Status::usage);
  EXPECT_NE(typo.err.find("did you mean 'buffer'?"), std::string::npos) << typo.err;
}

TEST(ForecastVerb, RefusesWhatItCannotMeasure) {
  for (const char* const precision : {"3 apples", "NaN%", "nand", "inf%", "0d", "-1%"}) {
    EXPECT_EQ(run_forecast({"--precision", precision, plan}).status, Status::usage) << precision;
  }
  EXPECT_EQ(run_forecast({"--replicates", "1", plan}).status, Status::usage);
  EXPECT_EQ(run_forecast({"--stock", "perfect", plan}).status, Status::usage);
  EXPECT_EQ(run_forecast({}).status, Status::usage);
}

TEST(ForecastVerb, PrecisionStopsEarly) {
  const Ran ran = run_forecast({"--json", "--precision", "20%", "--replicates", "5000", plan});
  ASSERT_EQ(ran.status, Status::good);
  EXPECT_EQ(nlohmann::json::parse(ran.out)["replicates"], 100);
}

}  // namespace
}  // namespace vfstock::sim::cli
