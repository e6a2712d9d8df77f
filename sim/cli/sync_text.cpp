#include "sim/cli/sync_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace {

using nlohmann::ordered_json;

std::string next_column(const PlannedProduct& product) {
  if (product.action == "unchanged") return "=";
  if (product.action == "hold") return "held";
  return product.next ? std::to_string(*product.next) : "keep";
}

/// A name of any length and alphabet in a column of its own.
std::string short_name(const std::string& name) {
  constexpr std::size_t bytes_max = 24;
  std::string clean = report::clean(name);
  if (clean.size() <= bytes_max) return clean;
  std::size_t end = bytes_max - 2;
  while (end > 0 && (static_cast<unsigned char>(clean[end]) & 0xc0) == 0x80) --end;
  return clean.substr(0, end) + "..";
}

ordered_json planned_json(const PlannedProduct& product) {
  ordered_json json;
  json["id"] = product.seen.row.id.value;
  json["name"] = product.seen.row.name;
  json["now"] = product.now;
  json["next"] = product.next ? ordered_json(*product.next) : ordered_json(nullptr);
  json["action"] = product.action;
  json["cause"] = product.cause;
  json["why"] = product.why;
  json["binding"] = product.binding.empty() ? ordered_json(nullptr) : ordered_json(product.binding);
  return json;
}

}  // namespace

void print_plan(const Plan& plan, bool written, std::ostream& out) {
  out << fmt::format("{:>6}  {:<24} {:>10} {:>10}  {:<9} {}\n", "id", "product",
                     written ? "was" : "now", written ? "is" : "next", "binding", "why");
  for (const PlannedProduct& product : plan.products) {
    out << fmt::format("{:>6}  {:<24} {:>10} {:>10}  {:<9} {}\n", product.seen.row.id.value,
                       short_name(product.seen.row.name), product.now, next_column(product),
                       product.binding.empty() ? "-" : product.binding, report::clean(product.why));
  }
}

ordered_json sync_json(const Plan& plan, bool written) {
  ordered_json json;
  json["format"] = 1;
  json["written"] = written;
  json["products"] = ordered_json::array();
  for (const PlannedProduct& product : plan.products) {
    json["products"].push_back(planned_json(product));
  }
  json["summary"] = {{"total", plan.summary.total},     {"updated", plan.summary.updated},
                     {"zeroed", plan.summary.zeroed},   {"unchanged", plan.summary.unchanged},
                     {"skipped", plan.summary.skipped}, {"held", plan.summary.held}};
  json["store_failure"] =
      plan.store_failure ? ordered_json(*plan.store_failure) : ordered_json(nullptr);
  return json;
}

std::string summary_text(const Plan& plan, bool written) {
  const apply::Summary& s = plan.summary;
  std::string text = fmt::format("{} product{}: {} {}", s.total, s.total == 1 ? "" : "s",
                                 s.updated + s.zeroed, written ? "written" : "to write");
  if (s.zeroed > 0) text += fmt::format(" ({} of them 0)", s.zeroed);
  if (s.unchanged > 0) text += fmt::format(", {} unchanged", s.unchanged);
  if (s.skipped > 0) text += fmt::format(", {} kept", s.skipped);
  if (s.held > 0) text += fmt::format(", {} held by the brake", s.held);
  return text;
}

}  // namespace vfstock::sim::cli
