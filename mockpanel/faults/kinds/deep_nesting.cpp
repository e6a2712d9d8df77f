#include <cstddef>
#include <string>

#include "mockpanel/faults/delivery.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

void nest_deeply(const Rule&, Delivery& delivery) {
  constexpr std::size_t depth = 100'000;
  std::string& body = delivery.response.body;
  const std::size_t end = body.find_last_of("}]");
  if (end == std::string::npos) return;
  const bool object = body[end] == '}';
  const bool empty = end > 0 && (body[end - 1] == '{' || body[end - 1] == '[');
  std::string nest = empty ? "" : ",";
  if (object) nest += "\"nested\":";
  nest += std::string(depth, '[') + std::string(depth, ']');
  body.insert(end, nest);
}

}  // namespace

extern const Kind deep_nesting{
    .name = "deep-nesting",
    .layer = Layer::content,
    .sentence = "100,000 arrays in one another.",
    .spoil = nest_deeply,
};

}  // namespace vfstock::mockpanel::faults::kinds
