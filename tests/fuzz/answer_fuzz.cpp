// What an answer means: any status, headers and body give a lookup, and nothing but a whole 200 is
// ever found, nothing but a 404 ever missing.
//
// The bytes: status (2), ending (1), then lines "name: value" up to an empty one, then the body.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/base/retry_after.h"
#include "engine/panel/answer.h"

namespace {

using namespace vfstock::panel;

void require(bool holds) {
  if (!holds) std::abort();
}

Answer answer_from(std::string_view text) {
  Answer answer;
  if (text.size() < 3) return answer;
  answer.status = static_cast<unsigned char>(text[0]) * 4 + static_cast<unsigned char>(text[1]) % 4;
  answer.ending = text[2] % 4 == 0 ? Ending::closed_early : Ending::complete;
  text.remove_prefix(3);
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.empty()) break;
    const std::size_t colon = std::min(line.find(':'), line.size());
    answer.headers.push_back({std::string(line.substr(0, colon)),
                              std::string(line.substr(std::min(line.size(), colon + 1)))});
  }
  answer.body = text;
  return answer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Answer answer = answer_from(text);
  const Patience patience{{}, std::chrono::minutes{15}};
  const auto lookup = read_answer({"/packages/1"}, answer, patience);
  const bool whole = answer.ending == Ending::complete;
  if (lookup.if_found() != nullptr) require(whole && answer.status == 200);
  if (lookup.is_missing()) require(whole && answer.status == 404);
  if (const Unavailable* const why = lookup.if_unavailable()) {
    if (why->retry_after) require(*why->retry_after <= patience.longest);
  }
  if (const auto asked = RetryAfter::parse(text)) {
    const auto wait = asked->wait(patience.now, patience.longest);
    require(wait >= std::chrono::seconds{0} && wait <= patience.longest);
  }
  return 0;
}
