#include "engine/panel/answer_log.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "engine/base/text.h"

namespace vfstock::panel {

namespace {

/// What an answer is taken for rests on these; the rest is nobody's business later.
bool says_how_to_read(std::string_view name) {
  constexpr std::string_view kept[] = {"Content-Type", "Retry-After", "Age", "Warning"};
  return std::any_of(std::begin(kept), std::end(kept),
                     [&](std::string_view each) { return equal_ignoring_case(name, each); });
}

}  // namespace

AnswerLog::AnswerLog(Transport& inner, std::string_view secret)
    : inner_(inner), secret_(secret.size() < secret_bytes_min ? "" : secret) {}

std::vector<Answer> AnswerLog::fetch(std::span<const Request> requests, Milliseconds budget) {
  std::vector<Answer> answers = inner_.fetch(requests, budget);
  const std::size_t known = std::min(answers.size(), requests.size());
  for (std::size_t i = 0; i < known; ++i) {
    answers[i] = without_secret(answers[i]);
    answered_.insert_or_assign(requests[i].target, answers[i]);
  }
  return answers;
}

Answer AnswerLog::without_secret(const Answer& answer) const {
  Answer kept;
  kept.ending = answer.ending;
  kept.status = answer.status;
  for (const Header& header : answer.headers) {
    if (says_how_to_read(header.name)) {
      kept.headers.push_back(header);
      kept.headers.back().value = secret_.struck_out(header.value);
    }
  }
  kept.body = secret_.struck_out(answer.body);
  kept.detail = secret_.struck_out(answer.detail);
  return kept;
}

std::vector<Answer> AnswersAgain::fetch(std::span<const Request> requests, Milliseconds) {
  std::vector<Answer> answers;
  for (const Request& request : requests) {
    const auto known = answered_.find(request.target);
    answers.push_back(known != answered_.end() ? known->second : Answer());
  }
  return answers;
}

}  // namespace vfstock::panel
