// The panel's own webhooks: what it tells a receiver of changes to its servers, as the vendor's
// guide has them. Unsigned, with a bearer token where one is configured, and never sent again.
//
// A webhook can meet a fate of its own, as on a real way: lost, twice, late, out of order, forged,
// or with a token that is not the receiver's.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::wire {

struct Webhook {
  std::string event;  // "server.create", ...
  std::int64_t server = 0;
  friend bool operator==(const Webhook&, const Webhook&) = default;
};

/// Finds what changed of a world's servers since the last look.
class ServerChanges {
 public:
  /// What is there at the beginning is no change.
  explicit ServerChanges(const model::World& world) { since(world); }
  /// By ascending server; creations and changes before removals. "server.create",
  /// "server.destroy" and, where its package is another, "server.modify".
  std::vector<Webhook> since(const model::World& world);

 private:
  std::map<std::int64_t, std::int64_t> packages_;  // of the servers that were there
  std::uint64_t revision_ = 0;
  bool looked_ = false;
};

enum class WebhookFate { usual, lost, twice, late, reordered, forged, wrong_token };
/// "usual", "lost", ...; nullopt for another name.
std::optional<WebhookFate> webhook_fate(const std::string& name);

struct WebhookOptions {
  std::string url;    // "http://127.0.0.1:8893/webhooks/virtfusion"
  std::string token;  // empty: no Authorization is sent
  /// What becomes of the first webhook, the second, ...; after the last it begins again. Empty: all
  /// arrive as they should.
  std::vector<WebhookFate> fates;
  std::chrono::milliseconds late_by{5'000};
};

class WebhookSender {
 public:
  /// Sends from a thread of its own. Throws std::invalid_argument for a URL that is none.
  explicit WebhookSender(WebhookOptions options);
  /// What is not sent yet is dropped.
  ~WebhookSender();
  WebhookSender(const WebhookSender&) = delete;
  WebhookSender& operator=(const WebhookSender&) = delete;

  /// In this order. `wall` is when it happened, as the panel writes times.
  void tell(const std::vector<Webhook>& webhooks, const std::string& wall);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vfstock::mockpanel::wire
