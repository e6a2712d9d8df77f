#include "engine/store/answer_log.h"

#include <algorithm>
#include <string_view>

namespace vfstock::store {
namespace {

void strike_out(std::string& text, std::string_view secret) {
  constexpr std::string_view shown = "[token]";
  if (secret.empty()) return;
  for (auto at = text.find(secret); at != std::string::npos;
       at = text.find(secret, at + shown.size())) {
    text.replace(at, secret.size(), shown);
  }
}

/// How PHP writes it in JSON.
std::string with_escaped_slashes(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '/') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

}  // namespace

std::vector<panel::Answer> AnswerLog::fetch(std::span<const panel::Request> requests,
                                            panel::Milliseconds budget) {
  std::vector<panel::Answer> answers = inner_.fetch(requests, budget);
  const std::size_t known = std::min(answers.size(), requests.size());
  for (std::size_t i = 0; i < known; ++i) {
    answered_.insert_or_assign(requests[i].target, without_secret(answers[i]));
  }
  return answers;
}

panel::Answer AnswerLog::without_secret(const panel::Answer& answer) const {
  panel::Answer kept;
  kept.ending = answer.ending;
  kept.status = answer.status;
  for (const panel::Header& header : answer.headers) {
    if (panel::same_header_name(header.name, "Content-Type") ||
        panel::same_header_name(header.name, "Retry-After")) {
      kept.headers.push_back(header);
      strike_out(kept.headers.back().value, secret_);
    }
  }
  kept.body = answer.body;
  kept.detail = answer.detail;
  for (std::string* text : {&kept.body, &kept.detail}) {
    strike_out(*text, secret_);
    strike_out(*text, with_escaped_slashes(secret_));
  }
  return kept;
}

std::vector<panel::Answer> AnswersAgain::fetch(std::span<const panel::Request> requests,
                                               panel::Milliseconds) {
  std::vector<panel::Answer> answers;
  for (const panel::Request& request : requests) {
    const auto known = answered_.find(request.target);
    answers.push_back(known != answered_.end() ? known->second : panel::Answer());
  }
  return answers;
}

}  // namespace vfstock::store
