#include "sim/scenario/judge.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "mockpanel/faults/glob.h"
#include "mockpanel/wire/server.h"
#include "sim/invariants/client_checker.h"
#include "sim/invariants/shop_columns.h"
#include "sim/invariants/story.h"
#include "sim/scenario/checker_view.h"
#include "sim/scenario/panel_link.h"
#include "sim/scenario/player.h"
#include "sim/scenario/shop_document.h"
#include "sim/scenario/stage.h"

namespace vfstock::sim::scenario {

namespace {

namespace faults = mockpanel::faults;

std::string target_of(const mockpanel::api::Request& request) {
  std::string target = request.path;
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    target += separator;
    target.append(name).append("=").append(value);
    separator = '&';
  }
  return target;
}

/// Whether a rule may still meet a GET of this path at this moment, on whatever page.
bool may_strike(const faults::Injector::Armed& armed, const std::string& path, Time now) {
  const faults::Rule& rule = armed.rule;
  if (rule.method && *rule.method != "GET") return false;
  if (rule.path && !faults::glob_matches(*rule.path, path)) return false;
  if ((rule.from && now < *rule.from) || (rule.until && now >= *rule.until)) return false;
  if (rule.count && armed.fired >= *rule.count) return false;
  return !rule.nth || armed.matched < *rule.nth;
}

/// The panel as the client meets it, and the run of the client at each moment.
class Court {
 public:
  Court(const Scenario& scenario, const Client& client, const JudgeOptions& options)
      : scenario_(scenario),
        client_(client),
        speed_(options.speed),
        checker_(expectations_of(scenario), options.exact.value_or(scenario.states_policy)),
        stage_(scenario, TransportKind::direct,
               [this](Stage&) { return std::make_unique<JudgedClient>(*this); }),
        server_({}, [this](const mockpanel::api::Request& request) { return answer(request); }) {}

  report::ScenarioResult hear() {
    for (const std::size_t step : Player(stage_).play_what_fits(scenario_.timeline)) {
      note(
          fmt::format("/timeline/{} does not fit what became of the shop, and was left out", step));
    }
    checker_.finish();
    return result();
  }

 private:
  /// Runs the client where the engine would be told of a hook. It has no schedule of its own.
  class JudgedClient final : public Subject {
   public:
    explicit JudgedClient(Court& court) : court_(court) {}

    std::optional<Instant> next_due() const override { return std::nullopt; }
    void run_due() override {}
    void cron() override { court_.ask("AfterCronJob", {}); }
    void recalculate(bool) override { court_.ask("stockRecalculate", {}); }
    void view_cart(catalogue::ProductId product) override {
      court_.ask("ClientAreaPageCart", product.value);
    }
    void module_event(const schedule::ModuleEvent& event) override {
      using Action = schedule::ModuleEvent::Action;
      court_.ask(event.action == Action::create      ? "AfterModuleCreate"
                 : event.action == Action::terminate ? "AfterModuleTerminate"
                                                     : "AfterModuleChangePackage",
                 event.product.value);
    }

   private:
    Court& court_;
  };

  /// Called by the wire, one request at a time.
  faults::Delivery answer(const mockpanel::api::Request& request) {
    const std::scoped_lock lock(mutex_);
    // Between moments the panel is the timeline's alone.
    if (!in_session_) return {{503, {}, {}}};
    PanelSide& side = stage_.panel();
    side.announce(request, stage_.clock().now(), iso_time(stage_.clock().wall()),
                  scenario_.policy.bounds.request);
    faults::Delivery delivery = side.deliver(request);
    Played played = side.take();
    ++requests_;
    if (request.method == "GET") {
      invariants::Exchanged seen = traced(target_of(request), std::move(played));
      seen.asked = seen.answered = stage_.clock().now();
      note(fmt::format("GET {}: {}{}", seen.target,
                       seen.status == 0 ? "no answer" : std::to_string(seen.status),
                       seen.fault.empty() ? "" : " (fault " + seen.fault + ")"));
      checker_.answered(seen);
    }
    delivery.delay = std::chrono::milliseconds(
        static_cast<std::int64_t>(static_cast<double>(delivery.delay.count()) / speed_));
    return delivery;
  }

  void ask(const std::string& trigger, std::optional<std::int64_t> product) {
    Recorder::Tables tables = stage_.seen_tables();
    ClientMoment moment;
    moment.panel_url = server_.base_url();
    moment.panel_token = replay_token;
    moment.trigger = trigger;
    moment.now = iso_time(stage_.clock().wall());
    moment.product = product;
    for (const invariants::Row& row : tables.rows) moment.qtys[row.id] = row.qty;
    moment.shop = shop_document({tables.rows, tables.waiting, scenario_.shop.server_groups,
                                 stage_.clock().now(), stage_.clock().wall()});
    note(product ? fmt::format("{} for product {}", trigger, *product) : trigger);
    begin(trigger, product, std::move(tables));
    const ClientAnswer said = client_(moment);
    const std::scoped_lock lock(mutex_);
    in_session_ = false;
    if (!said.failure.empty()) note("the client " + said.failure + "; every qty stays");
    if (!said.broken.empty()) wrong(said.broken);
    checker_.end({said.qty, said.failure});
    for (const auto& [id, qty] : said.qty) write(id, qty);
  }

  void begin(const std::string& trigger, std::optional<std::int64_t> product,
             Recorder::Tables tables) {
    const std::scoped_lock lock(mutex_);
    invariants::ClientMoment moment;
    moment.at = stage_.clock().now();
    moment.trigger = trigger;
    // A cart is about one product; what the module did may concern every product.
    if (trigger == "ClientAreaPageCart") moment.product = product;
    moment.rows = std::move(tables.rows);
    moment.waiting = std::move(tables.waiting);
    moment.truth = stage_.panel().truth();
    moment.troubled = [this, at = moment.at](const std::string& path) {
      const auto& rules = stage_.panel().faults().rules();
      return std::any_of(rules.begin(), rules.end(),
                         [&](const auto& armed) { return may_strike(armed, path, at); });
    };
    checker_.begin(std::move(moment));
    in_session_ = true;
  }

  void write(std::int64_t id, std::int64_t qty) {
    catalogue::Product* const row = stage_.tables().row(catalogue::ProductId{id});
    if (row == nullptr) {
      return wrong(fmt::format("it names product {}, which the shop does not have", id));
    }
    // What the column cannot hold the shop does not take.
    if (row->qty == qty || qty < 0 || qty > invariants::column_max) return;
    note(fmt::format("product {}: {} -> {}", id, std::exchange(row->qty, qty), qty));
    ++writes_[id];
  }

  void wrong(const std::string& detail) {
    own_.push_back({invariants::clock_text(stage_.clock().now()), "answer", "violated", detail});
  }
  void note(const std::string& line) { stage_.recorder().note(line); }

  report::ScenarioResult result() {
    report::ScenarioResult result;
    result.name = scenario_.name;
    result.file = scenario_.file;
    result.events = static_cast<std::int64_t>(scenario_.timeline.size());
    result.violations = own_;
    for (const invariants::Violation& found : checker_.violations()) {
      result.violations.push_back({invariants::clock_text(found.at), found.invariant,
                                   std::string(invariants::name(found.verdict)), found.detail});
    }
    result.passed = result.violations.empty();
    for (const auto& [id, row] : stage_.tables().rows()) {
      result.products.push_back({id.value, row.qty, writes_[id.value]});
    }
    result.panel_requests = requests_;
    result.transcript = stage_.recorder().transcript();
    return result;
  }

  const Scenario& scenario_;
  const Client& client_;
  double speed_;
  std::mutex mutex_;  // over everything below but the server, while a client runs
  invariants::ClientChecker checker_;
  Stage stage_;
  bool in_session_ = false;
  std::int64_t requests_ = 0;
  std::map<std::int64_t, std::int64_t> writes_;
  std::vector<report::ViolationLine> own_;
  mockpanel::wire::Server server_;  // the last member: it calls upon the others until it is gone
};

}  // namespace

report::ScenarioResult judge(const Scenario& scenario, const Client& client,
                             const JudgeOptions& options) {
  return Court(scenario, client, options).hear();
}

}  // namespace vfstock::sim::scenario
