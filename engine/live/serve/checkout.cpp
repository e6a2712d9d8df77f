#include "engine/live/serve/checkout.h"

#include <algorithm>
#include <map>

#include "engine/catalogue/set.h"
#include "engine/catalogue/text.h"

namespace vfstock::serve {
namespace {

__extension__ using Wide = __int128;

/// Shares of one whole, added exactly as long as the numbers allow it.
class Shares {
 public:
  /// Whether `parts` of `whole` more still fit; adds them then.
  bool take(std::int64_t parts, std::int64_t whole) {
    if (parts <= 0) return true;
    if (whole <= 0 || parts > whole) return false;
    whole = std::min(whole, catalogue::Set::column_max);  // more makes no difference to a cart
    const Wide top = top_ * whole + Wide{parts} * bottom_, bottom = bottom_ * whole;
    if (top > bottom) return false;
    const Wide common = divisor(top, bottom);
    top_ = top / common;
    bottom_ = bottom / common;
    constexpr Wide exact_until = Wide{1} << 62;
    if (bottom_ > exact_until) {  // rounded up: never more than there is
      top_ = top_ / (bottom_ >> 61) + 1;
      bottom_ = Wide{1} << 61;
    }
    return true;
  }

 private:
  static Wide divisor(Wide a, Wide b) {
    while (b != 0) {
      const Wide rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
  Wide top_ = 0, bottom_ = 1;
};

const GroupView* group_of(const ProductView& product, std::int64_t id) {
  const auto found = std::find_if(product.groups.begin(), product.groups.end(),
                                  [id](const GroupView& group) { return group.id == id; });
  return found == product.groups.end() ? nullptr : &*found;
}

/// Without a place of its own choosing a product goes to its first group if it has but that one.
const GroupView* destination(const CartItem& item, const ProductView& product) {
  if (!item.location.empty()) {
    return group_of(product, catalogue::leading_integer(item.location));
  }
  return product.groups.size() == 1 ? &product.groups.front() : nullptr;
}

bool is_known(const ProductView& product, WallTime now) {
  return product.confirmed && now - *product.confirmed <= counted_is_known;
}

}  // namespace

std::optional<Refused> refusal(const std::vector<CartItem>& cart, const View& view, WallTime now) {
  std::map<std::int64_t, Shares> room;  // by group
  for (std::size_t i = 0; i < cart.size(); ++i) {
    const auto known = view.products.find(cart[i].product);
    if (known == view.products.end() || !is_known(known->second, now)) continue;
    const GroupView* const group = destination(cart[i], known->second);
    if (group == nullptr || !group->known || !group->capacity) continue;
    if (!room[group->id].take(cart[i].qty, *group->capacity)) return Refused{i, *group->capacity};
  }
  return std::nullopt;
}

}  // namespace vfstock::serve
