#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_missing_last_chunk{
    .bytes =
        [](const Delivery& delivery, std::string_view, bool) {
          const std::string& body = delivery.response.body;
          return framed_by(delivery, chunked_line, chunk(body));
        },
    .received = [](Delivery& delivery) { return head_received(Outcome::closed_early, delivery); },
};

}  // namespace

extern const Kind missing_last_chunk{
    .name = "missing-last-chunk",
    .layer = Layer::syntax,
    .sentence = "Chunks without the last one.",
    .spoil = [](const Rule&,
                Delivery& delivery) { frame(delivery, framing_of_missing_last_chunk); },
};

}  // namespace vfstock::mockpanel::faults::kinds
