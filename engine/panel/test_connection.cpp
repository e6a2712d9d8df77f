#include "engine/panel/test_connection.h"

#include <array>

#include <fmt/format.h>

#include "engine/panel/api_word.h"
#include "engine/panel/decode.h"

namespace vfstock::panel {
namespace {

/// What a sweep will ask for, each with a scope of its own.
struct Right {
  const char* target;
  const char* of;    // what the token must be allowed to read, as the panel names it
  const char* good;  // in words
};
constexpr std::array rights{Right{"/compute/hypervisors/groups?results=1", "compute",
                                  "the token may read hypervisor groups"},
                            Right{"/packages", "packages", "the token may read packages"}};

Answer ask(Transport& transport, const Request& request, Milliseconds budget) {
  std::vector<Answer> answers = transport.fetch(std::array{request}, budget);
  return answers.size() == 1 ? std::move(answers.front()) : Answer();
}

std::string advice(const Answer& answer) {
  switch (answer.ending) {
    case Ending::name_unresolved:
      return "; look at the panel's host name and this machine's DNS";
    case Ending::refused:
    case Ending::unreachable:
      return "; look at the panel's address and port, and at firewalls between";
    case Ending::tls_failed:
      return "; look at the certificate, its name and its issuer (--ca-file trusts another one)";
    case Ending::deadline:
      return "; the panel does not answer in time";
    default:
      break;
  }
  if (answer.status == 401) return "; the panel does not know this token";
  if (answer.status == 403)
    return "; the panel refuses this token, perhaps for this machine's address";
  if (answer.status == 404) return "; look at the address, which usually ends in /api/v1";
  if (answer.status >= 300 && answer.status < 400) {
    return "; the panel sends elsewhere, and the token goes nowhere else: use the final address";
  }
  return "";
}

/// What is wrong with a body, if anything.
using Fault = std::optional<std::string> (*)(std::string_view body);

std::optional<std::string> fault_of_connect(std::string_view body) {
  return no_word_of_a_panel(body, default_bounds.nesting);
}
std::optional<std::string> fault_of_list(std::string_view body) {
  const auto fault = list_fault(body, {});
  return fault ? std::optional(fault->detail) : std::nullopt;
}

ConnectionStep judge(const Request& request, const Answer& answer, const Patience& patience,
                     Fault fault_of, const std::string& good) {
  return read_answer(request, answer, patience)
      .match(
          [&](std::string_view body) {
            const auto fault = fault_of(body);
            if (!fault) return ConnectionStep{true, good};
            return ConnectionStep{
                false, fmt::format("{} answers, but not as a panel does: {}; look at the address",
                                   request.target, *fault)};
          },
          [&](Missing) {
            return ConnectionStep{false,
                                  fmt::format("404 from {}{}", request.target, advice(answer))};
          },
          [&](const Unavailable& why) {
            return ConnectionStep{false, why.detail + advice(answer)};
          });
}

}  // namespace

std::vector<ConnectionStep> test_connection(Transport& transport, const Patience& patience,
                                            Milliseconds budget) {
  std::vector<ConnectionStep> steps;
  const Request connect{"/connect"};
  steps.push_back(judge(connect, ask(transport, connect, budget), patience, fault_of_connect,
                        "the panel answers and knows the token"));
  if (!steps.back().good) return steps;
  for (const Right& right : rights) {
    const Request request{right.target};
    const Answer answer = ask(transport, request, budget);
    if (answer.ending == Ending::complete && (answer.status == 401 || answer.status == 403)) {
      steps.push_back({false, fmt::format("{} from {}: the token lacks read access to {}; give it "
                                          "that in the panel, under API",
                                          answer.status, request.target, right.of)});
    } else {
      steps.push_back(judge(request, answer, patience, fault_of_list, right.good));
    }
  }
  return steps;
}

}  // namespace vfstock::panel
