#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/gzip.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_gzip_cut{
    .bytes = [](const Delivery& delivery, std::string_view,
                bool) { return framed_as_gzip(delivery, half_gzip(delivery.response.body)); },
    .received =
        [](Delivery& delivery) {
          // As long as was announced: nothing in HTTP says that the rest is missing.
          delivery.response.body = unpacked(half_gzip(delivery.response.body));
          return all_received(delivery);
        },
};

}  // namespace

extern const Kind gzip_cut{
    .name = "gzip-cut",
    .layer = Layer::compression,
    .sentence = "Half of the compressed body, announced as if it were whole.",
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_gzip_cut); },
};

}  // namespace vfstock::mockpanel::faults::kinds
