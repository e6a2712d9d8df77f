#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

std::string padding() {
  constexpr int lines = 200'000;
  std::string all;
  for (int i = 0; i < lines; ++i) all += "X-Padding: x\r\n";
  return all;
}

const Framing framing_of_many_headers{
    .bytes =
        [](const Delivery& delivery, std::string_view, bool) {
          const std::string& body = delivery.response.body;
          return framed_by(delivery, padding() + length_line(body.size()), body);
        },
    .received = [](Delivery& delivery) { return head_received(Outcome::head_too_large, delivery); },
};

}  // namespace

extern const Kind many_headers{
    .name = "many-headers",
    .layer = Layer::syntax,
    .sentence = "200,000 headers.",
    .costly = true,
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_many_headers); },
};

}  // namespace vfstock::mockpanel::faults::kinds
