// A Transport around a Transport that remembers what the panel answered, and a Transport that
// answers from such a memory: what a decision rested on can be kept, shown, and decided on again.
//
// A panel that echoes the request in its answer echoes the token. It is struck out before anybody
// sees the answer, in whatever spelling (base/secret_text.h): what the engine says about a body can
// then not repeat it. Headers other than Content-Type, Retry-After, Age and Warning mean nothing to
// a decision and are dropped. A token of fewer than eight bytes is no secret, and struck out it
// would tear the answer: it stays.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "engine/base/secret_text.h"
#include "engine/panel/transport.h"

namespace vfstock::panel {

/// Target -> the newest answer to it.
using Answered = std::map<std::string, Answer>;

class AnswerLog final : public Transport {
 public:
  static constexpr std::size_t secret_bytes_min = 8;

  AnswerLog(Transport& inner, std::string_view secret);

  std::vector<Answer> fetch(std::span<const Request> requests, Milliseconds budget) override;

  const Answered& answered() const noexcept { return answered_; }
  void forget() { answered_.clear(); }

 private:
  Answer without_secret(const Answer& answer) const;

  Transport& inner_;
  SecretText secret_;
  Answered answered_;
};

class AnswersAgain final : public Transport {
 public:
  explicit AnswersAgain(Answered answered) : answered_(std::move(answered)) {}
  /// What is not remembered ends as not_sent.
  std::vector<Answer> fetch(std::span<const Request> requests, Milliseconds budget) override;

 private:
  Answered answered_;
};

}  // namespace vfstock::panel
