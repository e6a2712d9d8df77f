#include "mockpanel/faults/kind.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "mockpanel/faults/kind_table.h"

namespace vfstock::mockpanel::faults {

std::string_view name(Layer layer) noexcept {
  switch (layer) {
    case Layer::answer:
      return "answer";
    case Layer::content:
      return "content";
    case Layer::paging:
      return "paging";
    case Layer::state:
      return "state";
    case Layer::connection:
      return "connection";
    case Layer::syntax:
      return "HTTP syntax";
    case Layer::compression:
      return "compression";
    case Layer::tls:
      return "TLS";
  }
  return "?";
}

std::span<const Kind* const> Kind::all() {
  static const std::vector<const Kind*> sorted = [] {
    std::vector<const Kind*> kinds(kind_table().begin(), kind_table().end());
    std::sort(kinds.begin(), kinds.end(), [](const Kind* left, const Kind* right) {
      return std::tie(left->layer, left->name) < std::tie(right->layer, right->name);
    });
    return kinds;
  }();
  return sorted;
}

const Kind* Kind::find(std::string_view name) {
  const auto kinds = all();
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const Kind* kind) { return kind->name == name; });
  return found == kinds.end() ? nullptr : *found;
}

const Kind& Kind::named(std::string_view name) {
  if (const Kind* const kind = find(name)) return *kind;
  throw std::out_of_range("there is no kind of fault named " + std::string(name));
}

std::vector<std::string_view> kind_names() {
  std::vector<std::string_view> names;
  for (const Kind* const kind : Kind::all()) names.push_back(kind->name);
  return names;
}

}  // namespace vfstock::mockpanel::faults
