#include "engine/live/serve/engine_at_work.h"

#include <sstream>
#include <utility>

#include <fmt/format.h>

#include "engine/live/live_panel.h"
#include "engine/schedule/panel_options.h"

namespace vfstock::serve {
namespace {

/// How long the server waits for a writer that says nothing before it ends its session, and with it
/// the lock: a process that was stopped, or whose machine was, must not keep others out. We speak
/// every ten seconds, and around each batch of requests to the panel.
constexpr std::chrono::seconds silence_max{60};

constexpr std::chrono::seconds lock_wait{1};

void settle(live::WritableShop& shop, Log& log) {
  std::ostringstream talk;
  shop.settle_unfinished(talk);
  std::istringstream lines(talk.str());
  for (std::string line; std::getline(lines, line);) {
    log.say(Level::warning, "write.unfinished", {{"text", line}});
  }
}

}  // namespace

EngineAtWork::EngineAtWork(const Settings& settings, const Observers& observers,
                           const std::atomic<bool>& stopping, View view, bool state_is_ours)
    : observers_(observers),
      is_server_(settings.shop.address.kind == catalogue::ShopAddress::Kind::mysql),
      policy_(plan::policy_from(settings.policy)),
      http_(live::open_transport(settings.panel, policy_)),
      transport_(http_, observers.clock, observers.heart, observers.metrics, stopping,
                 [this] { keep_awake(); }),
      log_(transport_, settings.panel.token),
      panel_(log_, observers.clock, schedule::panel_options(policy_)),
      shop_(settings.shop, settings.journal, settings.policy, settings.panel.host(), log_,
            observers.clock, lock_wait),
      recorder_(shop_.journal(), shop_.rows(), policy_, observers, std::move(view)),
      orders_(shop_.database(), settings.whmcs),
      state_(shop_.state(), state_is_ours),
      services_(shop_.database()),
      keeper_({shop_.rows(), panel_, recorder_, state_, orders_, observers.clock, &recorder_},
              policy_, settings.panel.host()) {
  settle(shop_, observers.log);
  hold_on();
}

void EngineAtWork::hold_on() {
  if (is_server_) return bound_session();
  shop_.database().query("SELECT count(*) AS products FROM tblproducts", {});
}

// A connection made anew is another session, with the server's own idea of patience.
void EngineAtWork::bound_session() {
  const std::string session =
      shop_.database().query("SELECT CONNECTION_ID() AS session", {}).at(0).text("session");
  if (session == session_) return;
  shop_.database().change(fmt::format("SET SESSION wait_timeout = {}", silence_max.count()), {});
  if (!session_.empty()) {
    observers_.log.say(Level::warning, "shop.reconnected",
                       {{"text", std::string("the connection to the shop was lost and made anew, "
                                             "with the writers' lock")}});
  }
  session_ = session;
}

// In the middle of a sweep a lost shop is no news yet: the next write finds it out.
void EngineAtWork::keep_awake() noexcept {
  try {
    if (is_server_) bound_session();
  } catch (const std::exception&) {
    session_.clear();
  }
}

}  // namespace vfstock::serve
