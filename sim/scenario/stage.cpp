#include "sim/scenario/stage.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/scenario/checker_view.h"
#include "sim/scenario/engine_subject.h"

namespace vfstock::sim::scenario {

namespace {

std::unique_ptr<PanelLink> make_link(TransportKind transport, PanelSide& side, VirtualClock& clock,
                                     const plan::Policy& policy, Recorder& recorder) {
  const auto onlooker = [&recorder](const invariants::Exchanged& exchange) {
    recorder.exchanged(exchange);
  };
  return transport == TransportKind::http ? socket_link(side, clock, policy.bounds, onlooker)
                                          : direct_link(side, clock, policy.bounds, onlooker);
}

}  // namespace

Recorder::Tables Stage::seen_tables() {
  Recorder::Tables tables;
  tables.answers = shop_answers();
  tables.rows = rows_of(tables_);
  for (const catalogue::PendingService& pending : tables_.pending_services()) {
    invariants::Waiting waiting;
    waiting.service = pending.service;
    waiting.product = pending.product.id.value;
    waiting.qty = pending.qty;
    waiting.ordered = clock_.now() - (clock_.wall() - pending.ordered);
    waiting.option = pending.option;
    tables.waiting.push_back(std::move(waiting));
  }
  return tables;
}

Stage::Stage(const Scenario& scenario, TransportKind transport)
    : Stage(scenario, transport, [&scenario](Stage& stage) {
        return engine_subject(stage, scenario.policy, scenario.panel_host);
      }) {}

Stage::Stage(const Scenario& scenario, TransportKind transport, MakeSubject make_subject)
    : side_(scenario.panel, {.tokens = {{.secret = replay_token}}}),
      tables_(open_shop(scenario.shop)),
      store_(tables_, transport == TransportKind::direct),
      recorder_(
          expectations_of(scenario), clock_, [this] { return seen_tables(); },
          [this] { return shop_answers(); }),
      link_(make_link(transport, side_, clock_, scenario.policy, recorder_)),
      make_subject_(std::move(make_subject)) {
  tables_.on_write(
      [this](catalogue::ProductId product, std::int64_t old_qty, std::int64_t new_qty) {
        recorder_.wrote(product.value, old_qty, new_qty);
      });
  store_.on_interference([this](catalogue::ProductId product, bool gone) {
    if (gone) {
      tables_.remove(product);
    } else if (catalogue::Product* const row = tables_.row(product)) {
      row->qty = std::max<std::int64_t>(0, row->qty - 1);
    }
    recorder_.note(fmt::format("another writer {} product {}", gone ? "deletes" : "takes one of",
                               product.value));
    recorder_.shop_changed();
  });
  for (const fleet::WaitingService& waiting : scenario.shop.waiting) {
    shop_.adopt(fleet::pending_service(waiting, clock_.wall()));
  }
  shop_.on_accept([this](const shop::AcceptCall& call) { recorder_.accepting(call); });
  subject_ = make_subject_(*this);
}

void Stage::restart(bool state_lost) {
  subject_.reset();
  if (state_lost) state_.lose();
  // What was never saved is not there either.
  recorder_.restarted(!state_.tells());
  subject_ = make_subject_(*this);
}

}  // namespace vfstock::sim::scenario
