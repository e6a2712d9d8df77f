#include "engine/panel/answer.h"

#include <string>

#include <fmt/format.h>

#include "engine/base/digest.h"
#include "engine/base/retry_after.h"
#include "engine/base/text.h"
#include "engine/panel/api_word.h"
#include "engine/panel/freshness.h"

namespace vfstock::panel {
namespace {

// The content type without its parameters, in lower case; empty when there is none.
std::string media_type(const Answer& answer) {
  const std::string_view value = answer.header("Content-Type").value_or("");
  return lower(trimmed(value.substr(0, value.find(';'))));
}

bool is_json(std::string_view media_type) noexcept {
  return media_type == "application/json" || media_type.ends_with("+json");
}

Reason reason_of(Ending ending) noexcept {
  switch (ending) {
    case Ending::tls_failed:
      return Reason::tls;
    case Ending::deadline:
    case Ending::not_sent:
      return Reason::deadline;
    case Ending::held_back:
      return Reason::backing_off;
    case Ending::head_too_large:
    case Ending::body_too_large:
      return Reason::too_large;
    case Ending::complete:
    case Ending::name_unresolved:
    case Ending::refused:
    case Ending::unreachable:
    case Ending::reset:
    case Ending::closed_early:
    case Ending::malformed_http:
      return Reason::no_connection;
  }
  return Reason::no_connection;
}

Reason reason_of(int status) noexcept {
  if (status == 401) return Reason::unauthorised;
  if (status == 403) return Reason::forbidden;
  if (status == 429) return Reason::throttled;
  if (status >= 300 && status <= 399) return Reason::redirected;
  if (status >= 500 && status <= 599) return Reason::server_error;
  return Reason::unexpected_status;
}

std::string_view advice(Reason reason) noexcept {
  if (reason == Reason::unauthorised) return " (is the API token valid?)";
  if (reason == Reason::forbidden) return " (does the API token have the permission?)";
  return "";
}

Unavailable with_patience(Reason reason, std::string text, const Answer& answer,
                          const Patience& patience) {
  const auto header = answer.header("Retry-After");
  const auto asked = header ? RetryAfter::parse(*header) : std::nullopt;
  if (!asked) return {reason, std::move(text)};
  return {reason, std::move(text), asked->wait(patience.now, patience.longest)};
}

Unavailable broken_off(const Request& request, const Answer& answer, const Patience& patience) {
  std::string text =
      fmt::format("no whole answer from {}: {}", request.target, name(answer.ending));
  if (!answer.detail.empty() && answer.detail != name(answer.ending)) {
    text += fmt::format(" ({})", answer.detail);
  }
  return with_patience(reason_of(answer.ending), std::move(text), answer, patience);
}

// What a 404 is, other than a word about a record; nullopt where it is one. Who says "later",
// readably or not, does not say that the record is gone.
std::optional<std::string> other_404(const Answer& answer, const Patience& patience) {
  if (answer.header("Retry-After")) return "Retry-After";
  if (media_type(answer).find("html") != std::string::npos) return "a web page";
  if (!is_json(media_type(answer))) return "no JSON content type";
  return no_word_about_a_record(answer.body, patience.nesting);
}

Lookup<std::string_view> read_404(const Request& request, const Answer& answer,
                                  const Patience& patience) {
  if (patience.believe_status) return Missing{};
  const auto other = other_404(answer, patience);
  if (!other) return Missing{};
  return with_patience(Reason::unexpected_status,
                       fmt::format("404 with {} from {}", *other, request.target), answer,
                       patience);
}

}  // namespace

Lookup<std::string_view> read_answer(const Request& request, const Answer& answer,
                                     const Patience& patience) {
  if (answer.ending != Ending::complete) return broken_off(request, answer, patience);
  const auto old = too_old(answer, patience.oldest);
  if (old && (answer.status == 404 || answer.status == 200) && !patience.believe_status) {
    return with_patience(Reason::too_old,
                         fmt::format("an old answer from {}: {}", request.target, *old), answer,
                         patience);
  }
  if (answer.status == 404) return read_404(request, answer, patience);
  if (answer.status != 200) {
    const Reason reason = reason_of(answer.status);
    return with_patience(reason,
                         fmt::format("{} from {}{}", answer.status, request.target, advice(reason)),
                         answer, patience);
  }
  if (!is_json(media_type(answer))) {
    return with_patience(Reason::not_json,
                         fmt::format("200 without a JSON content type from {}", request.target),
                         answer, patience);
  }
  return Lookup<std::string_view>::found(answer.body);
}

Exchange exchange(const Request& request, const Answer& answer) {
  return {request.target, answer.ending, answer.status, answer.body.size(), digest_of(answer.body)};
}

}  // namespace vfstock::panel
