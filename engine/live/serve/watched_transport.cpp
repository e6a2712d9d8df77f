#include "engine/live/serve/watched_transport.h"

#include <algorithm>

namespace vfstock::serve {

std::vector<panel::Answer> WatchedTransport::fetch(std::span<const panel::Request> requests,
                                                   Milliseconds budget) {
  if (stopping_) {
    panel::Answer unsent;
    unsent.detail = "the daemon is stopping";
    return std::vector<panel::Answer>(requests.size(), unsent);
  }
  between_();
  constexpr Milliseconds slack{10'000};
  heart_.beat(std::max(budget, Milliseconds{0}) + slack);
  const Instant began = clock_.now();
  std::vector<panel::Answer> answers = inner_.fetch(requests, budget);
  heart_.beat();
  const Instant took = clock_.now() - began;
  for (std::size_t i = 0; i < answers.size(); ++i) note(requests[i], answers[i], took);
  between_();
  return answers;
}

void WatchedTransport::note(const panel::Request& request, const panel::Answer& answer,
                            Milliseconds took) {
  if (answer.ending == panel::Ending::not_sent || answer.ending == panel::Ending::held_back) return;
  const bool whole = answer.ending == panel::Ending::complete;
  metrics_.panel_request(
      endpoint_of(request.target),
      whole ? std::to_string(answer.status) : std::string(panel::name(answer.ending)), took);
  if (whole && answer.status < 500) {
    seen_.last_answer = clock_.wall();
    seen_.last_failure.clear();
    return;
  }
  seen_.last_failure =
      whole ? "status " + std::to_string(answer.status) : std::string(panel::name(answer.ending));
}

}  // namespace vfstock::serve
