#include "sim/scenario/recorder.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/invariants/story.h"

namespace vfstock::sim::scenario {

namespace {

std::string path_of(const std::string& target) { return target.substr(0, target.find('?')); }

std::string answer_text(const invariants::Exchanged& exchange) {
  std::string text = exchange.status == 0 ? "no answer" : std::to_string(exchange.status);
  if (exchange.status != 0 && !exchange.whole) text += " cut short";
  if (!exchange.fault.empty()) text += " (fault " + exchange.fault + ")";
  return text;
}

std::string change_text(const apply::JournalEntry& entry) {
  if (entry.outcome == apply::Outcome::wrote) {
    return fmt::format("{} -> {}", entry.old_qty, entry.new_qty);
  }
  if (entry.outcome != apply::Outcome::held) return fmt::format("{} stays", entry.old_qty);
  return fmt::format("{} stays, the brake withholds {}", entry.old_qty,
                     entry.decision.if_set()->set.qty());
}

}  // namespace

Recorder::Recorder(invariants::Expectations expectations, const VirtualClock& clock,
                   ReadTables tables, AskShop shop_answers)
    : checker_(std::move(expectations)),
      clock_(clock),
      tables_(std::move(tables)),
      shop_answers_(std::move(shop_answers)) {}

void Recorder::record(const apply::JournalEntry& entry) {
  const std::int64_t product = entry.product.value;
  const plan::Why& why = entry.decision.why();
  const bool is_set = entry.decision.if_set() != nullptr;
  invariants::Journalled told;
  told.at = entry.at;
  told.product = product;
  told.is_set = is_set;
  told.cause = plan::name(why.cause);
  told.text = plan::to_text(why);
  told.outcome = apply::name(entry.outcome);
  told.old_qty = entry.old_qty;
  told.new_qty = entry.new_qty;
  tell(told);
  seen_.decisions[product] = {is_set ? "set" : "keep", told.cause,
                              std::string(apply::name(entry.trigger))};
  if (keeps_transcript_) {
    note(
        fmt::format("product {}: {} ({}): {}", product, change_text(entry), told.cause, told.text));
  }
  fold(fmt::format("{}|{}|{}|{}|{}|{}", entry.at.count(), apply::name(entry.trigger), product,
                   told.cause, told.outcome, entry.new_qty));
}

void Recorder::exchanged(const invariants::Exchanged& exchange) {
  ++requests_;
  ++seen_.requests[path_of(exchange.target)];
  if (keeps_transcript_) {
    note(fmt::format("GET {}: {}", exchange.target, answer_text(exchange)));
  }
  tell(exchange);
}

void Recorder::wrote(std::int64_t product, std::int64_t old_qty, std::int64_t new_qty) {
  ++writes_[product];
  ++seen_.writes[product];
  seen_.oversell[product] = 0;
  const std::size_t before = checker_.oversells().size();
  tell(invariants::Wrote{clock_.now(), product, old_qty, new_qty});
  for (std::size_t i = before; i < checker_.oversells().size(); ++i) {
    const invariants::Oversell& oversell = checker_.oversells()[i];
    seen_.oversell[oversell.product] = oversell.qty - oversell.placeable;
  }
}

void Recorder::refresh_begins(apply::Trigger trigger, const plan::Scope& scope) {
  anything_new_ = true;
  ++refreshes_;
  const std::string name(apply::name(trigger));
  std::vector<std::int64_t> products;
  if (const auto* const ids = scope.ids()) {
    for (const catalogue::ProductId id : *ids) products.push_back(id.value);
  }
  if (keeps_transcript_) {
    note(products.empty() ? name
                          : fmt::format("{} for product {}", name, fmt::join(products, ", ")));
  }
  invariants::RefreshBegins begins;
  begins.at = clock_.now();
  begins.trigger = name;
  if (products.size() == 1) begins.product = products.front();
  if (products.size() > 1) begins.only = std::move(products);
  Tables now = tables_();
  begins.rows = std::move(now.rows);
  begins.waiting = std::move(now.waiting);
  begins.shop = now.answers;
  begins.forced = forced_;
  tell(begins);
}

void Recorder::refresh_ends(const apply::RefreshReport& report) {
  if (report.store_failure) note("the shop could not be read: " + *report.store_failure);
  seen_.summary = report.summary;
  Tables now = tables_();
  tell(invariants::RefreshEnds{clock_.now(), std::move(now.rows), now.answers});
}

void Recorder::accepted(const apply::Acceptance& acceptance) {
  note(acceptance.text);
  fold(fmt::format("{}|order {}|{}", acceptance.at.count(), acceptance.order.value,
                   apply::name(acceptance.outcome)));
}

void Recorder::trouble(const std::string& text) { note(text); }

void Recorder::shop_changed() {
  anything_new_ = true;
  Tables now = tables_();
  tell(invariants::ShopChanged{clock_.now(), std::move(now.rows), std::move(now.waiting)});
}

void Recorder::hook(const std::string& name, std::optional<std::int64_t> product,
                    const std::string& module_type) {
  tell(invariants::Hook{clock_.now(), name, module_type, product, shop_answers_().reads});
}

void Recorder::accepting(const shop::AcceptCall& call) {
  invariants::Accepting seen;
  seen.at = clock_.now();
  seen.order = call.order;
  seen.status = call.status;
  seen.waiting = call.waiting;
  seen.provisioned = call.provisioned;
  seen.accepted = call.accepted;
  tell(seen);
}

void Recorder::restarted(bool state_lost) {
  note(state_lost ? "the engine starts anew, its state is lost" : "the engine starts anew");
  tell(invariants::Restarted{clock_.now(), state_lost});
}

void Recorder::clock_stepped(std::chrono::milliseconds by) {
  note(fmt::format("the calendar is set {} by {}", by.count() < 0 ? "back" : "forward",
                   invariants::clock_text(by.count() < 0 ? -by : by)));
  tell(invariants::ClockStepped{clock_.now(), by});
}

void Recorder::disturbed(const std::string& what, invariants::Time until) {
  anything_new_ = true;
  tell(invariants::Disturbed{clock_.now(), what, until});
}

void Recorder::timeline_ends(std::shared_ptr<const mockpanel::model::World> truth) {
  anything_new_ = true;
  step_ends(std::move(truth));
}

void Recorder::step_ends(std::shared_ptr<const mockpanel::model::World> truth) {
  if (!anything_new_) return;
  anything_new_ = false;
  Tables now = tables_();
  tell(invariants::StepEnds{clock_.now(), std::move(now.rows), std::move(now.waiting),
                            std::move(truth)});
}

void Recorder::tell(const invariants::Record& record) {
  if (onlooker_) onlooker_(record);
  checker_.feed(record);
}

void Recorder::note(const std::string& line) {
  if (!keeps_transcript_) return;
  transcript_.push_back(invariants::clock_text(clock_.now()) + "  " + line);
}

void Recorder::violated(const std::string& invariant, const std::string& detail) {
  own_.push_back({clock_.now(), invariant, invariants::Verdict::violated, detail});
}

void Recorder::unknown(const std::string& invariant, const std::string& detail) {
  own_.push_back({clock_.now(), invariant, invariants::Verdict::unknown, detail});
}

void Recorder::start_counting_anew() {
  seen_.requests.clear();
  seen_.writes.clear();
}

std::vector<invariants::Violation> Recorder::violations() const {
  std::vector<invariants::Violation> all = checker_.violations();
  all.insert(all.end(), own_.begin(), own_.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  return all;
}

std::int64_t Recorder::writes(std::int64_t product) const {
  const auto found = writes_.find(product);
  return found == writes_.end() ? 0 : found->second;
}

std::int64_t Recorder::oversold() const {
  std::int64_t places = 0;
  for (const auto& oversell : checker_.oversells()) places += oversell.qty - oversell.placeable;
  return places;
}

std::string Recorder::fingerprint() const { return fmt::format("{:016x}", fingerprint_); }

void Recorder::fold(const std::string& event) {
  const auto take = [this](char c) {
    fingerprint_ ^= static_cast<unsigned char>(c);
    fingerprint_ *= 1099511628211ULL;  // FNV-1a prime
  };
  for (const char c : event) take(c);
  take('\n');
}

}  // namespace vfstock::sim::scenario
