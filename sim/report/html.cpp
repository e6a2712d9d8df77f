#include "sim/report/html.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/report/markup.h"

namespace vfstock::sim::report {

namespace {

constexpr std::string_view replay_style = R"(
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #c4320a; }
@media (prefers-color-scheme: dark) { :root { --good: #4ac26b; --bad: #ff8a65; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
details { border-top: 1px solid var(--line); padding: .5rem 0; }
summary { cursor: pointer; }
summary b { display: inline-block; width: 5rem; }
.passed b { color: var(--good); }
.failed b { color: var(--bad); }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .15rem 1rem .15rem 0; }
pre { overflow-x: auto; font-size: .85rem; }
@media print { details { break-inside: avoid; } }
)";

std::string violations_table(const ScenarioResult& result) {
  if (result.violations.empty()) return "";
  std::string table =
      "<table><tr><th>at</th><th>invariant</th><th>verdict</th><th>what happened</th></tr>";
  for (const auto& violation : result.violations) {
    table += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                         escaped(violation.at), escaped(violation.invariant),
                         escaped(violation.verdict), escaped(violation.detail));
  }
  return table + "</table>";
}

std::string products_table(const ScenarioResult& result) {
  std::string table = "<table><tr><th>product</th><th>qty at the end</th><th>writes</th></tr>";
  for (const auto& product : result.products) {
    table += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", product.id,
                         product.qty ? std::to_string(*product.qty) : "gone", product.writes);
  }
  return table + "</table>";
}

std::string scenario_section(const ScenarioResult& result) {
  std::string transcript;
  for (const std::string& line : result.transcript) transcript += escaped(line) + "\n";
  const std::string_view verdict = result.passed ? "passed" : "failed";
  return fmt::format(
      "<details class=\"{}\"{}><summary><b>{}</b> {}</summary>\n<p>{} &middot; {} events &middot; "
      "{} panel requests &middot; fingerprint {}</p>\n{}{}<pre>{}</pre></details>\n",
      verdict, result.passed ? "" : " open", verdict, escaped(result.name), escaped(result.file),
      result.events, result.panel_requests, escaped(result.fingerprint), violations_table(result),
      products_table(result), transcript);
}

}  // namespace

std::string replay_page(std::span<const ScenarioResult> results) {
  const auto passed = std::count_if(results.begin(), results.end(),
                                    [](const ScenarioResult& result) { return result.passed; });
  std::string page = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>vfstock replay</title>\n<style>{}</style></head>\n"
      "<body><h1>{} of {} scenarios passed</h1>\n",
      replay_style, passed, results.size());
  for (const ScenarioResult& result : results) page += scenario_section(result);
  return page + "</body></html>\n";
}

}  // namespace vfstock::sim::report
