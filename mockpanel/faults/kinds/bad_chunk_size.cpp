#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_bad_chunk_size{
    .bytes =
        [](const Delivery& delivery, std::string_view, bool) {
          const std::string& body = delivery.response.body;
          return framed_by(delivery, chunked_line, "size\r\n" + body + "\r\n0\r\n\r\n");
        },
    .received = not_http_behind_the_head,
};

}  // namespace

extern const Kind bad_chunk_size{
    .name = "bad-chunk-size",
    .layer = Layer::syntax,
    .sentence = "A chunk whose size is no number.",
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_bad_chunk_size); },
};

}  // namespace vfstock::mockpanel::faults::kinds
