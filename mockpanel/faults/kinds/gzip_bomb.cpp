#include <cstddef>
#include <string>

#include "mockpanel/faults/framing.h"
#include "mockpanel/faults/gzip.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

/// Made once per process: it costs half a second.
const std::string& bomb() {
  static const std::string packed = gzip_of_many(' ', std::size_t{100} * 1024 * 1024);
  return packed;
}

const Framing framing_of_gzip_bomb{
    .bytes = [](const Delivery& delivery, std::string_view,
                bool) { return framed_as_gzip(delivery, bomb()); },
    .received = [](Delivery& delivery) { return head_received(Outcome::body_too_large, delivery); },
};

}  // namespace

extern const Kind gzip_bomb{
    .name = "gzip-bomb",
    .layer = Layer::compression,
    .sentence = "100 kB that become 100 MB.",
    .costly = true,
    .spoil = [](const Rule&, Delivery& delivery) { frame(delivery, framing_of_gzip_bomb); },
};

}  // namespace vfstock::mockpanel::faults::kinds
