#include "engine/panel/transport.h"

#include <algorithm>

#include "engine/base/retry_after.h"
#include "engine/base/text.h"

namespace vfstock::panel {
std::string_view name(Ending ending) noexcept {
  switch (ending) {
    case Ending::complete:
      return "complete";
    case Ending::name_unresolved:
      return "name unresolved";
    case Ending::refused:
      return "refused";
    case Ending::unreachable:
      return "unreachable";
    case Ending::tls_failed:
      return "TLS failed";
    case Ending::deadline:
      return "deadline";
    case Ending::reset:
      return "reset";
    case Ending::closed_early:
      return "closed early";
    case Ending::head_too_large:
      return "head too large";
    case Ending::body_too_large:
      return "body too large";
    case Ending::malformed_http:
      return "malformed HTTP";
    case Ending::not_sent:
      return "not sent";
    case Ending::held_back:
      return "held back";
  }
  return "unknown ending";
}

std::optional<std::string_view> Answer::header(std::string_view wanted) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [wanted](const Header& header) {
    return equal_ignoring_case(header.name, wanted);
  });
  if (found == headers.end()) return std::nullopt;
  return found->value;
}

bool asks_for_patience(const Answer& answer) {
  const auto wish = answer.header("Retry-After");
  if (!wish || answer.status == 200) return false;
  const auto asked = RetryAfter::parse(*wish);
  return asked && asked->asks_to_wait();
}

}  // namespace vfstock::panel
