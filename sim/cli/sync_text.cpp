#include "sim/cli/sync_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace {

using nlohmann::ordered_json;

std::string next_column(const live::SyncLine& line) {
  if (line.action == "unchanged") return "=";
  if (line.action == "hold") return "held";
  return line.next ? std::to_string(*line.next) : "keep";
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

ordered_json line_json(const live::SyncLine& line) {
  ordered_json json;
  json["id"] = line.seen.row.id.value;
  json["name"] = line.seen.row.name;
  json["now"] = line.now;
  json["next"] = line.next ? ordered_json(*line.next) : ordered_json(nullptr);
  json["action"] = line.action;
  json["cause"] = line.cause;
  json["why"] = line.why;
  json["binding"] = line.binding.empty() ? ordered_json(nullptr) : ordered_json(line.binding);
  return json;
}

/// Nothing could be read of the panel: one reason says it all.
bool nothing_was_read(const live::SyncPlan& plan) {
  const auto& lines = plan.lines;
  return lines.size() > 1 && std::all_of(lines.begin(), lines.end(), [](const auto& line) {
           return line.cause == "package unavailable" || line.cause == "group unavailable";
         });
}

}  // namespace

void print_plan(const live::SyncPlan& plan, bool written, std::ostream& out) {
  if (nothing_was_read(plan)) {
    out << fmt::format(
        "nothing could be read of the panel, and all {} products keep their qty: {}\n",
        plan.lines.size(), report::clean(plan.lines.front().why));
    return;
  }
  out << fmt::format("{:>6}  {:<24} {:>10} {:>10}  {:<9} {}\n", "id", "product",
                     written ? "was" : "now", written ? "is" : "next", "binding", "why");
  for (const live::SyncLine& line : plan.lines) {
    out << fmt::format("{:>6}  {:<24} {:>10} {:>10}  {:<9} {}\n", line.seen.row.id.value,
                       short_name(line.seen.row.name), line.now, next_column(line),
                       line.binding.empty() ? "-" : line.binding, report::clean(line.why));
  }
}

ordered_json sync_json(const live::SyncPlan& plan, bool written) {
  ordered_json json;
  json["format"] = 1;
  json["written"] = written;
  json["products"] = ordered_json::array();
  for (const live::SyncLine& line : plan.lines) {
    json["products"].push_back(line_json(line));
  }
  json["summary"] = {{"total", plan.summary.total},     {"updated", plan.summary.updated},
                     {"zeroed", plan.summary.zeroed},   {"unchanged", plan.summary.unchanged},
                     {"skipped", plan.summary.skipped}, {"held", plan.summary.held}};
  json["refresh"] = plan.refresh ? ordered_json(*plan.refresh) : ordered_json(nullptr);
  json["released"] = plan.released > 0;
  json["journal_failure"] =
      plan.journal_failure.empty() ? ordered_json(nullptr) : ordered_json(plan.journal_failure);
  json["store_failure"] =
      plan.store_failure ? ordered_json(*plan.store_failure) : ordered_json(nullptr);
  return json;
}

std::string summary_text(const live::SyncPlan& plan, bool written) {
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
