#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

const Framing framing_of_length_and_chunked{
    .bytes =
        [](const Delivery& delivery, std::string_view, bool) {
          const std::string& body = delivery.response.body;
          return framed_by(delivery, length_line(body.size()).append(chunked_line),
                           chunk(body) + "0\r\n\r\n");
        },
    .received = not_http_behind_the_head,
};

}  // namespace

extern const Kind length_and_chunked{
    .name = "length-and-chunked",
    .layer = Layer::syntax,
    .sentence = "A length and chunks at once.",
    .spoil = [](const Rule&,
                Delivery& delivery) { frame(delivery, framing_of_length_and_chunked); },
};

}  // namespace vfstock::mockpanel::faults::kinds
