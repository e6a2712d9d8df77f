// The mock panel with a fleet file's world on a real socket, inside a test.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "mockpanel/api/api.h"
#include "sim/fleet/fleet.h"
#include "tests/integration/mockpanel_wire/served.h"

namespace vfstock::store {

class LivePanelServer {
 public:
  explicit LivePanelServer(const std::string& fleet)
      : world_(sim::fleet::read_fleet(fleet).panel),
        api_(world_, {}),
        served_([this](const mockpanel::api::Request& request) { return answer(request); }) {}

  std::string url() const { return served_.base_url(); }
  int port() const { return served_.port(); }
  /// While refusing nobody listens.
  void refuse(bool on) { served_.server().refuse(on); }
  /// What the panel itself would answer.
  mockpanel::faults::Delivery usual(const mockpanel::api::Request& request) {
    mockpanel::faults::Delivery delivery;
    delivery.response = api_.handle(request, {}, "2026-11-24T00:00:00+00:00");
    return delivery;
  }
  mockpanel::model::World& world() { return world_; }
  /// Changes the world between two requests.
  void change(const std::function<void(mockpanel::model::World&)>& by) {
    const std::lock_guard lock(mutex_);
    by(world_);
  }
  std::size_t requests() const { return served_.requests().size(); }
  /// From now on every answer is made by this.
  void answer_with(mockpanel::wire::Server::Handler handler) {
    const std::lock_guard lock(mutex_);
    instead_ = std::move(handler);
  }
  /// Between requests: what answers have touched may be touched by the test, and the other way
  /// round.
  void hand_over() { const std::lock_guard lock(mutex_); }

 private:
  mockpanel::faults::Delivery answer(const mockpanel::api::Request& request) {
    const std::lock_guard lock(mutex_);
    return instead_ ? instead_(request) : usual(request);
  }

  std::mutex mutex_;
  mockpanel::model::World world_;
  mockpanel::api::Api api_;
  mockpanel::wire::Server::Handler instead_;
  mockpanel::wire::Served served_;
};

}  // namespace vfstock::store
