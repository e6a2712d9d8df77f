#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_gzip_plain{
    .bytes = [](const Delivery& delivery, std::string_view,
                bool) { return framed_as_gzip(delivery, delivery.response.body); },
    .received = not_http_behind_the_head,
};

}  // namespace

extern const Kind gzip_plain{
    .name = "gzip-plain",
    .layer = Layer::compression,
    .sentence = "Says that it is compressed and is not.",
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_gzip_plain); },
};

}  // namespace vfstock::mockpanel::faults::kinds
