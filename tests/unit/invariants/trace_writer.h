// Writes a trace by hand, record by record, and asks the checker what it made of it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "sim/invariants/checker.h"
#include "tests/unit/invariants/panel_text.h"

namespace vfstock::sim::invariants {

/// Product 3 sells package 7 in group 1 with one address and no buffer, and shows qty 5.
inline Row usual_row() {
  Row row;
  row.id = 3;
  row.name = "VPS S";
  row.servertype = "VirtFusionDirect";
  row.stockcontrol = 1;
  row.qty = 5;
  row.configoption1 = "1";
  row.configoption2 = "7";
  row.configoption3 = "1";
  row.configoption7 = "0";
  return row;
}

/// Package 7 and groups 1 and 2, with room for any number of servers.
inline mockpanel::model::World roomy_world() {
  mockpanel::model::World world;
  mockpanel::model::Package package;
  package.id = 7;
  world.packages[7] = package;
  for (const std::int64_t id : {1, 2}) {
    world.groups[id].id = id;
    mockpanel::model::Hypervisor hypervisor;
    hypervisor.id = id;
    hypervisor.group = id;
    hypervisor.local.emplace();
    hypervisor.reports_ipv4 = false;
    world.hypervisors[id] = hypervisor;
  }
  return world;
}

class TraceWriter {
 public:
  explicit TraceWriter(Expectations expectations = {}) : checker_(std::move(expectations)) {}

  TraceWriter& at(std::chrono::milliseconds time) {
    now_ = time;
    return *this;
  }
  TraceWriter& truth(mockpanel::model::World world) {
    truth_ = std::make_shared<const mockpanel::model::World>(std::move(world));
    return *this;
  }
  /// Whether the shop's tables answer from now on.
  TraceWriter& shop_answers(ShopAnswers answers) {
    shop_ = answers;
    return *this;
  }
  TraceWriter& truth_unknown() {
    truth_ = nullptr;
    return *this;
  }
  /// A refresh that no limit holds back, eleven minutes after the one before it, so that nothing of
  /// that is remembered. Tests of the rules of time say when and why instead: sweeps().
  TraceWriter& begins(std::vector<Row> rows = {usual_row()},
                      std::optional<std::int64_t> product = {}) {
    if (!rows_.empty()) now_ += std::chrono::minutes{11};
    rows_ = std::move(rows);
    gone_.clear();
    called("stockRecalculate", product);
    checker_.feed(RefreshBegins{now_, "stockRecalculate", product, rows_, waiting_, {}, {}});
    return *this;
  }
  /// The orders on their way from now on.
  TraceWriter& orders(std::vector<Waiting> waiting) {
    waiting_ = std::move(waiting);
    return *this;
  }
  /// A refresh of the rows as they are, now. Where only a call of the shop's allows it, there is
  /// one.
  TraceWriter& refreshes(const std::string& trigger, std::optional<std::int64_t> product = {}) {
    const bool is_called = trigger == "stockRecalculate" || trigger == "ClientAreaPageCart";
    if (is_called) called(trigger, product);
    return begins_as(trigger, product);
  }
  /// The shop calls; of a module's hooks see hook().
  TraceWriter& called(const std::string& name, std::optional<std::int64_t> product = {}) {
    checker_.feed(Hook{now_, name, "", product, shop_.reads});
    return *this;
  }
  /// The same refresh, whoever called.
  TraceWriter& begins_as(const std::string& trigger, std::optional<std::int64_t> product = {}) {
    if (rows_.empty()) rows_ = {usual_row()};
    gone_.clear();
    RefreshBegins begins;
    begins.at = now_;
    begins.trigger = trigger;
    begins.product = product;
    begins.rows = rows_;
    begins.shop = shop_;
    checker_.feed(begins);
    return *this;
  }
  TraceWriter& hook(const std::string& name, std::int64_t product = 3) {
    if (rows_.empty()) rows_ = {usual_row()};
    checker_.feed(ShopChanged{now_, rows_, {}});
    checker_.feed(Hook{now_, name, "VirtFusionDirect", product, shop_.reads});
    return *this;
  }
  TraceWriter& accepting(Accepting call) {
    call.at = now_;
    checker_.feed(call);
    return *this;
  }
  TraceWriter& restarts(bool state_lost) {
    checker_.feed(Restarted{now_, state_lost});
    return *this;
  }
  TraceWriter& clock_steps(std::chrono::milliseconds by) {
    checker_.feed(ClockStepped{now_, by});
    return *this;
  }
  TraceWriter& cron() {
    checker_.feed(Hook{now_, "AfterCronJob", "", {}, true});
    return *this;
  }
  /// The timeline meddles, with a fault that lasts until `until`.
  TraceWriter& disturbed(std::chrono::milliseconds until) {
    checker_.feed(Disturbed{now_, "a change", until});
    return *this;
  }
  TraceWriter& step_ends() {
    checker_.feed(StepEnds{now_, rows_, {}, truth_});
    return *this;
  }
  /// How long each exchange takes from now on.
  TraceWriter& exchanges_take(std::chrono::milliseconds time) {
    exchange_time_ = time;
    return *this;
  }
  TraceWriter& exchanged(Exchanged exchange) {
    exchange.asked = now_;
    now_ += exchange_time_;
    exchange.answered = now_;
    exchange.truth = truth_;
    checker_.feed(exchange);
    return *this;
  }
  TraceWriter& answers(const std::string& target, int status, const std::string& body,
                       const std::string& type = "application/json") {
    if (status == 404 && target != "/connect") gone_.emplace_back(target, body);
    return exchanged({.target = target,
                      .status = status,
                      .headers = {{"content-type", type}},
                      .body = body,
                      .whole = true,
                      .fault = {},
                      .truth = {}});
  }
  TraceWriter& silent(const std::string& target) { return exchanged(nothing_from(target)); }
  TraceWriter& package(const Json& json = package_json()) {
    return answers("/packages/7", 200, json.dump());
  }
  TraceWriter& package_gone() {
    return answers("/packages/7", 404, R"({"msg":"package not found"})");
  }
  /// GET /connect is answered as a panel does.
  TraceWriter& vouched() { return answers("/connect", 200, "[]"); }
  /// The same, and what answered 404 in this refresh does so once more.
  TraceWriter& connected() {
    vouched();
    for (const auto& [target, body] : std::exchange(gone_, {})) answers(target, 404, body);
    gone_.clear();
    return *this;
  }
  TraceWriter& group(std::int64_t id, const Json& page, std::int64_t number = 1) {
    return answers(group_target(id, number), 200, page.dump());
  }
  TraceWriter& group_gone(std::int64_t id, std::int64_t page = 1) {
    return answers(group_target(id, page), 404, R"({"msg":"group not found"})");
  }

  /// The product's row is written and the journal told, as a sound engine does.
  TraceWriter& sets(std::int64_t qty, std::int64_t product = 3) {
    const std::int64_t old_qty = row(product).qty;
    if (qty == old_qty) return journals("unchanged", old_qty, old_qty, product);
    writes(qty, product);
    return journals("wrote", old_qty, qty, product);
  }
  TraceWriter& writes(std::int64_t qty, std::int64_t product = 3) {
    checker_.feed(Wrote{now_, product, row(product).qty, qty});
    row(product).qty = qty;
    return *this;
  }
  TraceWriter& keeps(std::int64_t product = 3, const std::string& cause = "package unavailable") {
    const std::int64_t qty = row(product).qty;
    return journals(Journalled{now_, product, false, cause, "text", "kept", qty, qty});
  }
  TraceWriter& journals(const std::string& outcome, std::int64_t old_qty, std::int64_t new_qty,
                        std::int64_t product = 3) {
    return journals(Journalled{.at = now_,
                               .product = product,
                               .is_set = outcome != "kept",
                               .cause = outcome == "kept" ? "package unavailable" : "capacity",
                               .text = "text",
                               .outcome = outcome,
                               .old_qty = old_qty,
                               .new_qty = new_qty});
  }
  TraceWriter& journals(const Journalled& entry) {
    checker_.feed(entry);
    return *this;
  }
  /// Somebody else changes the row.
  template <class Change>
  TraceWriter& shop_changes(std::int64_t product, Change change) {
    change(row(product));
    checker_.feed(ShopChanged{now_, rows_, waiting_});
    return *this;
  }
  TraceWriter& ends() {
    checker_.feed(RefreshEnds{now_, rows_, shop_});
    return *this;
  }

  std::vector<Row>& rows() { return rows_; }
  Row& row(std::int64_t product) {
    for (Row& candidate : rows_) {
      if (candidate.id == product) return candidate;
    }
    stray_ = {};
    return stray_;
  }

  /// "invariant" for a violation and "invariant?" for what could not be judged, in order.
  std::vector<std::string> findings() const {
    std::vector<std::string> names;
    for (const Violation& violation : checker_.violations()) {
      names.push_back(violation.invariant + (violation.verdict == Verdict::unknown ? "?" : ""));
    }
    return names;
  }
  /// The story of the only finding.
  std::string story() const {
    return checker_.violations().size() == 1 ? checker_.violations().front().detail : "not one";
  }
  const Checker& checker() const { return checker_; }

  static std::string group_target(std::int64_t id, std::int64_t page = 1) {
    return "/compute/hypervisors/groups/" + std::to_string(id) +
           "/resources?results=200&page=" + std::to_string(page);
  }
  static Exchanged nothing_from(const std::string& target) {
    Exchanged exchange;
    exchange.target = target;
    return exchange;
  }

 private:
  Checker checker_;
  Time now_{std::chrono::minutes{5}};
  Time exchange_time_{std::chrono::milliseconds{10}};
  std::vector<Row> rows_;
  std::vector<Waiting> waiting_;
  std::vector<std::pair<std::string, std::string>> gone_;  // targets that answered 404, and how
  Row stray_;
  ShopAnswers shop_;
  std::shared_ptr<const mockpanel::model::World> truth_ =
      std::make_shared<const mockpanel::model::World>(roomy_world());
};

/// A refresh in which the panel gives `package` and one page of group 1.
inline TraceWriter refresh_of(const Json& page, Expectations expectations = {},
                              Row row = usual_row(), const Json& package = package_json()) {
  TraceWriter trace(std::move(expectations));
  trace.begins({std::move(row)}).package(package).group(1, page);
  return trace;
}

/// Whether the checker calls `qty` right after that refresh, and nothing else right.
MATCHER_P(AsksFor, qty, "asks for qty " + std::to_string(qty)) {
  const auto run = [&](std::int64_t written) {
    TraceWriter trace = arg();
    trace.row(3).qty = -1;  // so that any qty is a change
    return trace.sets(written).ends().findings();
  };
  const std::vector<std::string> wrong{"truth-on-found"};
  return run(qty).empty() && run(qty + 1) == wrong && (qty == 0 || run(qty - 1) == wrong);
}
/// Whether the checker calls keeping right and any write a breach of the rule that says keep.
MATCHER(AsksToKeep, "asks to keep") {
  TraceWriter kept = arg();
  TraceWriter written = arg();
  return kept.keeps().ends().findings().empty() &&
         written.sets(0).ends().findings() == std::vector<std::string>{"truth-on-found"};
}

}  // namespace vfstock::sim::invariants
