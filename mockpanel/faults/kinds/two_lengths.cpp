#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_two_lengths{
    .bytes =
        [](const Delivery& delivery, std::string_view, bool) {
          const std::string& body = delivery.response.body;
          return framed_by(delivery, length_line(body.size()) + length_line(body.size() / 2), body);
        },
    .received = not_http_behind_the_head,
};

}  // namespace

extern const Kind two_lengths{
    .name = "two-lengths",
    .layer = Layer::syntax,
    .sentence = "Two lengths that contradict each other.",
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_two_lengths); },
};

}  // namespace vfstock::mockpanel::faults::kinds
