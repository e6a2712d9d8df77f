#include "sim/forecast/study.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

namespace vfstock::sim::forecast {
namespace {

/// One round's work, shared by its threads.
struct Round {
  const Scene& scene;
  Outcomes& outcomes;
  const StudyOptions& options;
  std::atomic<std::size_t> next;
  std::vector<std::uint8_t> done;
  std::mutex mutex;
  std::exception_ptr failure;
  std::int64_t count = 0;

  bool stopped() const { return options.interrupted != nullptr && *options.interrupted; }

  void work() {
    try {
      Replicate replicate(scene);
      for (std::size_t n = next++; n < outcomes.size() && !stopped(); n = next++) {
        replicate.run(static_cast<std::uint32_t>(n), outcomes[n]);
        done[n] = 1;
        if (!options.progress) continue;
        const std::scoped_lock lock(mutex);
        options.progress(++count);
      }
    } catch (...) {
      const std::scoped_lock lock(mutex);
      if (!failure) failure = std::current_exception();
      next = outcomes.size();
    }
  }
};

}  // namespace

bool run_replicates(const Scene& scene, Outcomes& outcomes, std::int64_t until,
                    const StudyOptions& options) {
  const std::size_t first = outcomes.size();
  if (static_cast<std::size_t>(until) <= first) return true;
  outcomes.resize(static_cast<std::size_t>(until));
  Round round{scene, outcomes, options, {first}, {}, {}, nullptr, static_cast<std::int64_t>(first)};
  round.done.assign(outcomes.size(), 0);
  {
    std::vector<std::jthread> threads;
    for (int n = 1; n < options.threads; ++n) threads.emplace_back([&round] { round.work(); });
    round.work();
  }
  if (round.failure) std::rethrow_exception(round.failure);
  const auto missing = std::find(round.done.begin() + static_cast<std::ptrdiff_t>(first),
                                 round.done.end(), std::uint8_t{0});
  outcomes.resize(static_cast<std::size_t>(missing - round.done.begin()));
  return missing == round.done.end();
}

}  // namespace vfstock::sim::forecast
