// The shop's side of a fleet: product rows, configurable options, server groups, and the services
// that wait for their server.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/catalogue/catalogue.h"

namespace vfstock::sim::fleet {

/// A service that was ordered and has no server on the panel yet.
struct WaitingService {
  std::int64_t service = 0;
  std::int64_t order = 0;  // 0: none
  catalogue::ProductId product{};
  std::int64_t qty = 1;                 // VPSes
  std::optional<std::string> location;  // the value that was chosen; absent: none was
  std::chrono::milliseconds age{0};     // since it was ordered
};

/// As the shop's port tells it at the moment `now`; the row itself is the shop's.
inline catalogue::PendingService pending_service(
    const WaitingService& waiting, std::chrono::sys_time<std::chrono::milliseconds> now) {
  catalogue::PendingService pending;
  pending.service = waiting.service;
  pending.order = waiting.order;
  pending.qty = waiting.qty;
  pending.ordered = now - waiting.age;
  pending.product.id = waiting.product;
  pending.option = waiting.location;
  return pending;
}

struct Shop {
  std::vector<catalogue::Product> products;
  std::map<catalogue::ProductId, std::vector<catalogue::OptionValue>> options;
  /// Host names of the VirtFusion servers of each server group.
  std::map<std::int64_t, std::vector<std::string>> server_groups;
  std::vector<WaitingService> waiting;
};

}  // namespace vfstock::sim::fleet
