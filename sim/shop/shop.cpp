#include "sim/shop/shop.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

#include "engine/catalogue/catalogue.h"
#include "engine/catalogue/text.h"

namespace vfstock::sim::shop {

using catalogue::Product;
using catalogue::ProductId;

namespace {

// As the tables do: an id is not given twice, not even when its row is gone.
void never_again(std::int64_t& next, std::int64_t used) {
  if (used >= next && used < std::numeric_limits<std::int64_t>::max()) next = used + 1;
}

}  // namespace

bool Shop::in_stock(const std::vector<OrderLine>& lines) const {
  return std::all_of(lines.begin(), lines.end(), [&](const OrderLine& line) {
    const Product* const row = catalogue_.find(line.product);
    if (row == nullptr) {
      throw std::invalid_argument("there is no product " + std::to_string(line.product.value));
    }
    const auto wanted = std::count_if(lines.begin(), lines.end(), [&](const OrderLine& other) {
      return other.product == line.product;
    });
    return row->stockcontrol != 1 || row->qty >= wanted;
  });
}

std::optional<std::int64_t> Shop::order(const std::vector<OrderLine>& lines,
                                        std::optional<std::int64_t> wanted_id) {
  if (!in_stock(lines)) return std::nullopt;
  const std::int64_t id = wanted_id.value_or(next_order_);
  if (orders_.contains(id)) {
    throw std::invalid_argument("order " + std::to_string(id) + " exists already");
  }
  check_free(lines);
  PlacedOrder placed;
  for (const OrderLine& line : lines) {
    placed.services.push_back(add(line, id));
    const Product& row = *catalogue_.find(line.product);
    if (row.stockcontrol == 1) catalogue_.set_qty(line.product, row.qty - 1);
  }
  orders_.emplace(id, std::move(placed));
  never_again(next_order_, id);
  return id;
}

void Shop::check_free(const std::vector<OrderLine>& lines) const {
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    if (!line->service) continue;
    const bool twice = std::any_of(lines.begin(), line, [&](const OrderLine& earlier) {
      return earlier.service == line->service;
    });
    if (twice || services_.contains(*line->service)) {
      throw std::invalid_argument("service " + std::to_string(*line->service) + " exists already");
    }
  }
}

std::int64_t Shop::add(const OrderLine& line, std::int64_t order) {
  Service service;
  service.id = line.service.value_or(next_service_);
  service.order = order;
  service.product = line.product;
  service.group = line.group;
  if (!services_.emplace(service.id, service).second) {
    throw std::invalid_argument("service " + std::to_string(service.id) + " exists already");
  }
  never_again(next_service_, service.id);
  if (order == 0) return service.id;
  catalogue::PendingService pending;
  pending.service = service.id;
  pending.ordered = clock_.wall();
  pending.product.id = line.product;
  if (line.group) pending.option = std::to_string(*line.group);
  catalogue_.put(pending);
  return service.id;
}

std::int64_t Shop::add_service(const OrderLine& line) { return add(line, 0); }

void Shop::adopt(const catalogue::PendingService& pending) {
  forget(pending.service);
  Service service;
  service.id = pending.service;
  service.order = pending.order;
  service.product = pending.product.id;
  const std::int64_t group = catalogue::leading_integer(pending.option.value_or(""));
  if (group > 0) service.group = group;
  services_.emplace(service.id, service);
  never_again(next_service_, service.id);
  never_again(next_order_, service.order);
  if (service.order != 0) orders_[service.order].services.push_back(service.id);
  catalogue_.put(pending);
}

bool Shop::cancel(std::int64_t order) {
  const auto placed = orders_.find(order);
  if (placed == orders_.end()) return false;
  placed->second.status = "Cancelled";
  for (const std::int64_t id : placed->second.services) {
    Service& service = known(id);
    if (service.status != ServiceStatus::pending) continue;
    service.status = ServiceStatus::cancelled;
    catalogue_.remove_pending(id);
  }
  return true;
}

Service& Shop::known(std::int64_t service) {
  const auto found = services_.find(service);
  if (found == services_.end()) {
    throw std::invalid_argument("there is no service " + std::to_string(service));
  }
  return found->second;
}

void Shop::provisioned(std::int64_t service, std::int64_t server) {
  Service& it = known(service);
  it.status = ServiceStatus::active;
  it.server = server;
  catalogue_.remove_pending(service);
}

void Shop::terminated(std::int64_t service) {
  Service& it = known(service);
  it.status = ServiceStatus::terminated;
  it.server.reset();
}

void Shop::changed_product(std::int64_t service, ProductId product) {
  known(service).product = product;
}

bool Shop::forget(std::int64_t service) {
  const auto found = services_.find(service);
  if (found == services_.end()) return false;
  catalogue_.remove_pending(service);
  const auto order = orders_.find(found->second.order);
  if (order != orders_.end()) {
    std::erase(order->second.services, service);
    if (order->second.services.empty()) orders_.erase(order);
  }
  services_.erase(found);
  return true;
}

const Service* Shop::service(std::int64_t id) const {
  const auto found = services_.find(id);
  return found == services_.end() ? nullptr : &found->second;
}

std::optional<std::string_view> Shop::order_status(std::int64_t order) const {
  const auto found = orders_.find(order);
  return found == orders_.end() ? std::nullopt : std::optional(found->second.status);
}

std::int64_t Shop::waiting(const PlacedOrder& order, std::int64_t except) const {
  return std::count_if(order.services.begin(), order.services.end(), [&](std::int64_t id) {
    const Service& service = services_.at(id);
    const auto row = catalogue_.rows().find(service.product);
    const bool ours =
        row != catalogue_.rows().end() && row->second.servertype == "VirtFusionDirect";
    return id != except && ours && service.status == ServiceStatus::pending && !service.server;
  });
}

std::optional<schedule::Order> Shop::order_of(catalogue::ServiceId id) {
  const Service* const asked = service(id.value);
  if (asked == nullptr || asked->order == 0) return std::nullopt;
  const PlacedOrder& placed = orders_.at(asked->order);
  return schedule::Order{catalogue::OrderId{asked->order}, std::string(placed.status),
                         waiting(placed, id.value)};
}

schedule::Accepted Shop::accept(catalogue::OrderId id) {
  if (!acceptance_failure_.empty()) {
    ++failed_acceptances_;
    throw catalogue::StoreError(acceptance_failure_);
  }
  const auto found = orders_.find(id.value);
  PlacedOrder* const placed = found == orders_.end() ? nullptr : &found->second;
  AcceptCall call;
  call.order = id.value;
  if (placed != nullptr) call.status = placed->status;
  call.accepted = call.status == "Pending";
  if (call.accepted) placed->status = "Active";
  if (observer_) {
    if (placed != nullptr) {
      call.waiting = waiting(*placed, 0);
      call.provisioned =
          std::count_if(placed->services.begin(), placed->services.end(),
                        [&](std::int64_t service) { return services_.at(service).server; });
    }
    observer_(call);
  }
  return call.accepted ? schedule::Accepted::yes : schedule::Accepted::not_pending;
}

}  // namespace vfstock::sim::shop
