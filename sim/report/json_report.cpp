#include "sim/report/json_report.h"

#include "sim/report/clean_text.h"

namespace vfstock::sim::report {

namespace {

using nlohmann::ordered_json;

ordered_json violations_json(const ScenarioResult& result) {
  ordered_json list = ordered_json::array();
  for (const ViolationLine& violation : result.violations) {
    list.push_back({{"at", violation.at},
                    {"invariant", violation.invariant},
                    {"verdict", violation.verdict},
                    {"detail", clean(violation.detail)}});
  }
  return list;
}

ordered_json products_json(const ScenarioResult& result) {
  ordered_json list = ordered_json::array();
  for (const ProductLine& product : result.products) {
    list.push_back({{"id", product.id},
                    {"qty", product.qty ? ordered_json(*product.qty) : ordered_json(nullptr)},
                    {"writes", product.writes}});
  }
  return list;
}

}  // namespace

ordered_json replay_json(std::span<const ScenarioResult> results) {
  ordered_json scenarios = ordered_json::array();
  std::int64_t passed = 0;
  for (const ScenarioResult& result : results) {
    passed += result.passed ? 1 : 0;
    scenarios.push_back({{"name", clean(result.name)},
                         {"file", clean(result.file)},
                         {"passed", result.passed},
                         {"events", result.events},
                         {"violations", violations_json(result)},
                         {"products", products_json(result)},
                         {"panel_requests", result.panel_requests},
                         {"oversold_places", result.oversold_places},
                         {"fingerprint", result.fingerprint}});
  }
  const auto total = static_cast<std::int64_t>(results.size());
  return {{"format", 1}, {"passed", passed}, {"failed", total - passed}, {"scenarios", scenarios}};
}

}  // namespace vfstock::sim::report
