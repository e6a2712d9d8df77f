#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_truncated_without_length{
    .bytes =
        [](const Delivery& delivery, std::string_view, bool) {
          const std::string& body = delivery.response.body;
          return framed_by(delivery, "", body.substr(0, body.size() / 2));
        },
    .received = half_received,
};

}  // namespace

extern const Kind truncated_without_length{
    .name = "truncated-without-length",
    .layer = Layer::syntax,
    .sentence = "Half of the body, ended by closing; no length is announced.",
    .spoil = [](const Rule&,
                Delivery& delivery) { frame(delivery, framing_of_truncated_without_length); },
};

}  // namespace vfstock::mockpanel::faults::kinds
