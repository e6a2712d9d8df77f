// What the daemon publishes about itself and the shop: one value, replaced whole, that the writer
// makes and everybody else reads. No handler of a request ever touches the engine.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/clock.h"

namespace vfstock::serve {

/// A hypervisor group of a product, and how many more VPSes of it the group takes.
struct GroupView {
  std::int64_t id = 0;
  bool known = false;                      // the panel told of it
  std::optional<std::int64_t> capacity{};  // nullopt: unlimited; without meaning when not known
  friend bool operator==(const GroupView&, const GroupView&) = default;
};

/// A product as the newest decision about it left it.
struct ProductView {
  std::int64_t id = 0;
  std::string name;
  std::int64_t qty = 0;
  bool is_set = false;  // else it was kept
  std::string cause, why, outcome, binding, trigger;
  WallTime decided{};
  std::optional<WallTime> confirmed;  // when the panel last gave what a decision needs
  std::optional<WallTime> changed;    // when we last wrote another qty
  std::vector<GroupView> groups;      // of the newest decision that counted, in the product's order
};

struct PanelView {
  std::optional<WallTime> last_answer;  // that was whole
  std::string last_failure;             // since then; empty: none
};

struct SweepView {
  std::optional<WallTime> attempted, succeeded;
  std::int64_t consecutive_failures = 0;
  std::string failure;  // of the newest attempt; empty: none
  /// Products that the newest sweep kept because panel or shop failed, and that nothing has decided
  /// since. Once there is none of them left, that sweep counts as one that succeeded.
  std::set<std::int64_t> kept;
};

enum class Role { opening, standby, writer };
std::string_view name(Role role) noexcept;

struct View {
  Role role = Role::opening;
  std::string trouble;  // why the stores are not open; empty: they are
  SweepView sweep;
  PanelView panel;
  std::int64_t held = 0;  // by the brake
  std::map<std::int64_t, ProductView> products;

  /// Whether the daemon can be relied on: the stores are open, and a sweep has been made or another
  /// daemon makes them. A panel that is down does not matter.
  bool is_ready() const {
    return role == Role::standby || (role == Role::writer && sweep.succeeded.has_value());
  }
};

/// How many products' falls the brake withholds.
std::int64_t held_products(const View& view);

class Board {
 public:
  Board() : view_(std::make_shared<const View>()) {}
  std::shared_ptr<const View> read() const {
    const std::lock_guard lock(mutex_);
    return view_;
  }
  void publish(View view) {
    auto next = std::make_shared<const View>(std::move(view));
    const std::lock_guard lock(mutex_);
    view_ = std::move(next);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const View> view_;
};

}  // namespace vfstock::serve
