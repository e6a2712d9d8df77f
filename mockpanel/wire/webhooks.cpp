#include "mockpanel/wire/webhooks.h"

#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include <httplib.h>
#include <nlohmann/json.hpp>

namespace vfstock::mockpanel::wire {
namespace {

using Moment = std::chrono::steady_clock::time_point;

constexpr std::size_t waiting_max = 10'000;

struct Letter {
  std::string body, token, event;
  Moment not_before{};
};

/// Scheme with authority, and path.
std::pair<std::string, std::string> parts_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t path = scheme == std::string::npos ? scheme : url.find('/', scheme + 3);
  if (scheme == std::string::npos || !url.starts_with("http") || path == scheme + 3) {
    throw std::invalid_argument("a webhook's URL is http://HOST[:PORT]/PATH or https://...");
  }
  if (path == std::string::npos) return {url, "/"};
  return {url.substr(0, path), url.substr(path)};
}

int event_id(const std::string& event) {
  if (event == "server.create") return 1;
  if (event == "server.destroy") return 2;
  return 1000;  // what the guide's list does not number is told as a catch-all
}

}  // namespace

std::vector<Webhook> ServerChanges::since(const model::World& world) {
  std::vector<Webhook> changes;
  if (looked_ && world.revision() == revision_) return changes;
  std::map<std::int64_t, std::int64_t> now;
  for (const auto& [id, server] : world.servers) now[id] = server.package;
  for (const auto& [id, package] : now) {
    const auto known = packages_.find(id);
    if (known == packages_.end()) {
      changes.push_back({"server.create", id});
    } else if (known->second != package) {
      changes.push_back({"server.modify", id});
    }
  }
  for (const auto& [id, package] : packages_) {
    if (!now.contains(id)) changes.push_back({"server.destroy", id});
  }
  packages_ = std::move(now);
  revision_ = world.revision();
  if (!std::exchange(looked_, true)) changes.clear();
  return changes;
}

std::optional<WebhookFate> webhook_fate(const std::string& name) {
  constexpr std::array names{"usual",     "lost",   "twice",      "late",
                             "reordered", "forged", "wrong-token"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (name == names[i]) return static_cast<WebhookFate>(i);
  }
  return std::nullopt;
}

struct WebhookSender::State {
  explicit State(WebhookOptions given) : options(std::move(given)), to(parts_of(options.url)) {
    thread = std::thread([this] { send_all(); });
  }
  ~State() {
    {
      const std::lock_guard lock(mutex);
      ending = true;
    }
    wakes.notify_all();
    thread.join();
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  WebhookFate next_fate() {
    return options.fates.empty() ? WebhookFate::usual
                                 : options.fates[count++ % options.fates.size()];
  }
  void post(Letter letter, WebhookFate fate);
  void send_all();
  void send(const Letter& letter) const;

  const WebhookOptions options;
  const std::pair<std::string, std::string> to;
  std::mutex mutex;
  std::condition_variable wakes;
  std::deque<Letter> waiting;
  std::optional<Letter> held;  // goes after the one that comes next
  std::size_t count = 0;
  bool ending = false;
  std::thread thread;
};

void WebhookSender::State::post(Letter letter, WebhookFate fate) {
  switch (fate) {
    case WebhookFate::lost:
      return;
    case WebhookFate::twice:
      waiting.push_back(letter);
      break;
    case WebhookFate::late:
      letter.not_before = std::chrono::steady_clock::now() + options.late_by;
      break;
    case WebhookFate::reordered:
      if (!held) {
        held = std::move(letter);
        return;
      }
      break;
    case WebhookFate::forged:
      letter.body = R"({"event":"server.destroy","eventStatus":"success","data":{"everything":1}})";
      letter.token.clear();
      break;
    case WebhookFate::wrong_token:
      letter.token = "not-the-receivers";
      break;
    case WebhookFate::usual:
      break;
  }
  waiting.push_back(std::move(letter));
  if (held) waiting.push_back(*std::exchange(held, std::nullopt));
}

void WebhookSender::State::send_all() {
  std::unique_lock lock(mutex);
  while (!ending) {
    if (waiting.empty()) {
      wakes.wait(lock);
      continue;
    }
    const Letter letter = waiting.front();
    if (letter.not_before > std::chrono::steady_clock::now()) {
      // What is late lets the others pass.
      waiting.pop_front();
      waiting.push_back(letter);
      wakes.wait_for(lock, std::chrono::milliseconds{20});
      continue;
    }
    waiting.pop_front();
    lock.unlock();
    send(letter);
    lock.lock();
  }
}

// Without an answer, and without another try: the guide knows of none.
void WebhookSender::State::send(const Letter& letter) const {
  httplib::Client client(to.first);
  client.set_connection_timeout(2, 0);
  client.set_read_timeout(2, 0);
  httplib::Headers headers{{"User-Agent", "VirtFusion-Hookshot/1.0"},
                           {"X-VirtFusion-Event", letter.event},
                           {"X-VirtFusion-Event-Status", "success"}};
  if (!letter.token.empty()) headers.emplace("Authorization", "Bearer " + letter.token);
  client.Post(to.second.c_str(), headers, letter.body, "application/json");
}

WebhookSender::WebhookSender(WebhookOptions options)
    : state_(std::make_unique<State>(std::move(options))) {}

WebhookSender::~WebhookSender() = default;

void WebhookSender::tell(const std::vector<Webhook>& webhooks, const std::string& wall) {
  if (webhooks.empty()) return;
  {
    const std::lock_guard lock(state_->mutex);
    for (const Webhook& webhook : webhooks) {
      if (state_->waiting.size() >= waiting_max) break;
      const nlohmann::ordered_json body{
          {"event", webhook.event},
          {"created", wall},
          {"hookId", 1},
          {"hookEventId", event_id(webhook.event)},
          {"eventStatus", "success"},
          {"controlDomain", "panel.example"},
          {"controlName", "Mock panel"},
          {"controlSupportLink", ""},
          {"data",
           {{"errors", nlohmann::ordered_json::array()}, {"server", {{"id", webhook.server}}}}}};
      state_->post({body.dump(), state_->options.token, webhook.event, {}}, state_->next_fate());
    }
  }
  state_->wakes.notify_all();
}

}  // namespace vfstock::mockpanel::wire
