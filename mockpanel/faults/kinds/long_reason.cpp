#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_long_reason{
    .bytes =
        [](const Delivery& delivery, std::string_view, bool) {
          const std::string& body = delivery.response.body;
          return framed_by(delivery, std::string(30'000, 'x'), length_line(body.size()), body);
        },
    .received = [](Delivery&) { return nothing_received(Outcome::head_too_large); },
};

}  // namespace

extern const Kind long_reason{
    .name = "long-reason",
    .layer = Layer::syntax,
    .sentence = "A reason phrase of 30 kB.",
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_long_reason); },
};

}  // namespace vfstock::mockpanel::faults::kinds
