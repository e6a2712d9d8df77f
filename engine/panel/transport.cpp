#include "engine/panel/transport.h"

#include <algorithm>

namespace vfstock::panel {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

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

bool same_header_name(std::string_view one, std::string_view other) noexcept {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::optional<std::string_view> Answer::header(std::string_view wanted) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [wanted](const Header& header) {
    return same_header_name(header.name, wanted);
  });
  if (found == headers.end()) return std::nullopt;
  return found->value;
}

bool asks_for_patience(const Answer& answer) {
  const auto wish = answer.header("Retry-After");
  if (!wish || answer.status == 200) return false;
  const bool digits = !wish->empty() && wish->find_first_not_of(" 0123456789") == wish->npos;
  // Anything else that can be understood is a date.
  return digits ? wish->find_first_not_of(" 0") != wish->npos : wish->ends_with("GMT");
}

}  // namespace vfstock::panel
