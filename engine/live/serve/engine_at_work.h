// The engine on a real shop and a real panel, with everything that it stands on, as long as this
// process is the one that writes. One thread makes it, uses it and ends it.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "engine/http/http_transport.h"
#include "engine/live/serve/recorder.h"
#include "engine/live/serve/service_watch.h"
#include "engine/live/serve/settings.h"
#include "engine/live/serve/shop_orders.h"
#include "engine/live/serve/watched_transport.h"
#include "engine/live/writable_shop.h"
#include "engine/panel/http_panel.h"
#include "engine/schedule/keeper.h"

namespace vfstock::serve {

/// The engine's memory across restarts, or none: after another daemon wrote the shop with a memory
/// of its own, ours is of before, and every window begins now.
class TrustedState final : public schedule::State {
 public:
  TrustedState(schedule::State& inner, bool is_ours) : inner_(inner), is_ours_(is_ours) {}
  std::optional<schedule::Remembered> load() override {
    return is_ours_ ? inner_.load() : std::nullopt;
  }
  void save(const schedule::Remembered& remembered) override { inner_.save(remembered); }

 private:
  schedule::State& inner_;
  bool is_ours_;
};

class EngineAtWork {
 public:
  /// Everything must outlive it. `state_is_ours`: see TrustedState. Throws StoreError, WritersBusy,
  /// SettingsError.
  EngineAtWork(const Settings& settings, const Observers& observers,
               const std::atomic<bool>& stopping, View view, bool state_is_ours);

  schedule::StockKeeper& keeper() { return keeper_; }
  Recorder& recorder() { return recorder_; }
  catalogue::ShopLog& rows() { return shop_.rows(); }
  ServiceWatch& services() { return services_; }
  const PanelView& panel() const { return transport_.seen(); }

  /// What the panel is being asked ends as if it were late. May be called by any thread.
  void cut_short() noexcept { http_.expire(); }

  /// Makes sure that the shop can be reached and that we are its writer; a connection that died is
  /// made anew, with the lock. Throws StoreError: then nothing of this may be used any more.
  void hold_on();

 private:
  void keep_awake() noexcept;
  void bound_session();

  const Observers observers_;
  const bool is_server_;
  std::string session_;  // of the writing connection, whose idle time is bounded
  plan::Policy policy_;
  http::HttpTransport http_;
  WatchedTransport transport_;
  panel::AnswerLog log_;
  panel::HttpPanel panel_;
  live::WritableShop shop_;
  Recorder recorder_;
  ShopOrders orders_;
  TrustedState state_;
  ServiceWatch services_;
  schedule::StockKeeper keeper_;
};

}  // namespace vfstock::serve
