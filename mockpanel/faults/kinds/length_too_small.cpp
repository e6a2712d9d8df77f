#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_length_too_small{
    .bytes =
        [](const Delivery& delivery, std::string_view, bool) {
          const std::string& body = delivery.response.body;
          return framed_by(delivery, length_line(body.size() / 2), body);
        },
    .received = half_received,
};

}  // namespace

extern const Kind length_too_small{
    .name = "length-too-small",
    .layer = Layer::syntax,
    .sentence = "Half of the body is announced, the whole is sent.",
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_length_too_small); },
};

}  // namespace vfstock::mockpanel::faults::kinds
