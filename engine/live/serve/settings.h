// What `vfstock serve` is told: what sync is told, where it listens, whom it believes. Plain
// values; whoever reads them from options or files checks them there.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "engine/live/serve/log.h"
#include "engine/live/settings.h"
#include "engine/plan/policy_fields.h"

namespace vfstock::serve {

/// Who may say what. All of these are secrets.
struct Secrets {
  std::vector<std::string> hook;        // "whsec_...", several while they are changed
  std::vector<std::string> virtfusion;  // bearer tokens of the panel's own webhooks
  std::string operator_token;           // empty: nobody may change anything
};

/// WHMCS's own API, for the one thing that SQL must not do: accepting an order.
struct WhmcsApi {
  std::string url;         // "https://shop.example/includes"
  std::string identifier;  // a secret, like the next
  std::string secret;
  std::optional<std::string> ca_file;
};

struct Listen {
  std::string host = "127.0.0.1";
  int port = 8893;  // 0: any free one
  struct Tls {
    std::string certificate_file, key_file;
    friend bool operator==(const Tls&, const Tls&) = default;
  };
  std::optional<Tls> tls;
  bool plain_elsewhere = false;    // without TLS on an address that is not this machine's own
  std::vector<std::string> names;  // of this service, beside localhost and `host`
};

struct Settings {
  live::PanelSettings panel;
  live::ShopSettings shop;
  live::JournalSettings journal;
  plan::PolicyWords policy;
  Listen listen;
  Secrets secrets;
  std::optional<WhmcsApi> whmcs;
  std::chrono::seconds watch_services{0};  // how often services are looked at; 0: never
  Log::Settings log;
};

/// Whether only this machine can reach the address.
bool is_loopback(const std::string& address);

/// Throws live::SettingsError for an address that others reach without TLS, unless that is wanted.
void check(const Listen& listen);

}  // namespace vfstock::serve
