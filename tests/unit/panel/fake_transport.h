// A transport that answers from a table, remembers what it was asked, and can take virtual time.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/panel/transport.h"
#include "tests/unit/panel/fake_clock.h"

namespace vfstock::panel {

inline Answer answer_with(int status, std::string body,
                          std::string content_type = "application/json",
                          std::vector<Header> more = {}) {
  Answer answer;
  answer.ending = Ending::complete;
  answer.status = status;
  if (!content_type.empty()) answer.headers.push_back({"Content-Type", std::move(content_type)});
  for (Header& header : more) answer.headers.push_back(std::move(header));
  answer.body = std::move(body);
  return answer;
}

inline Answer answer_ending(Ending ending) {
  Answer answer;
  answer.ending = ending;
  return answer;
}

class FakeTransport final : public Transport {
 public:
  explicit FakeTransport(FakeClock& clock) : clock_(clock) {}

  /// From now on `target` is answered so; other targets are 404 with a JSON body.
  void set(const std::string& target, Answer answer) { table_[target] = std::move(answer); }
  /// Every batch takes this long.
  void set_duration(Milliseconds duration) { duration_ = duration; }

  std::vector<Answer> fetch(std::span<const Request> requests, Milliseconds budget) override {
    batches.emplace_back();
    budgets.push_back(budget);
    std::vector<Answer> answers;
    for (const Request& request : requests) {
      batches.back().push_back(request.target);
      if (request.fresh) fresh.push_back(request.target);
      const auto found = table_.find(request.target);
      answers.push_back(found == table_.end() ? answer_with(404, R"({"msg":"not found"})")
                                              : found->second);
    }
    clock_.advance(duration_);
    return answers;
  }

  std::vector<std::vector<std::string>> batches;  // targets, one list for each fetch
  std::vector<Milliseconds> budgets;
  std::vector<std::string> fresh;  // targets that a connection of their own was wanted for

 private:
  FakeClock& clock_;
  std::map<std::string, Answer> table_;
  Milliseconds duration_{0};
};

}  // namespace vfstock::panel
