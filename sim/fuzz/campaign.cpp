#include "sim/fuzz/campaign.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace vfstock::sim::fuzz {
namespace {

/// Runs between two looks at the results, for each thread.
constexpr std::uint64_t batch_per_job = 64;

struct Batch {
  std::vector<Outcome> outcomes;  // in the order of the runs
  Coverage coverage;
};

class Campaign {
 public:
  Campaign(const Source& source, const CampaignOptions& options)
      : source_(source), options_(options) {}

  CampaignResult run() {
    const std::uint64_t end = options_.first_run + options_.runs;
    const std::uint64_t size = batch_per_job * static_cast<std::uint64_t>(options_.jobs);
    for (std::uint64_t from = options_.first_run; from < end; from += size) {
      const Batch batch = run_batch(from, std::min(size, end - from));
      result_.coverage.add(batch.coverage);
      for (std::uint64_t i = 0; i < batch.outcomes.size(); ++i) take(from + i, batch.outcomes[i]);
      if (result_.hit && !options_.keep_going) break;
      if (options_.is_enough(result_.runs)) break;
    }
    result_.fingerprint = fmt::format("{:016x}", fingerprint_);
    return std::move(result_);
  }

 private:
  Batch run_batch(std::uint64_t from, std::uint64_t count) {
    Batch batch;
    batch.outcomes.resize(count);
    std::atomic<std::uint64_t> next{0};
    std::mutex mutex;
    std::exception_ptr failure;
    const auto work = [&] {
      Coverage coverage;
      try {
        for (std::uint64_t i = next++; i < count; i = next++) {
          CoverageWatch watch(coverage);
          batch.outcomes[i] =
              run_trial(source_(from + i), options_.transport,
                        [&watch](const invariants::Record& record) { watch.watch(record); });
        }
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!failure) failure = std::current_exception();
        next = count;
      }
      const std::scoped_lock lock(mutex);
      batch.coverage.add(coverage);
    };
    std::vector<std::jthread> threads;
    for (int n = 1; n < options_.jobs; ++n) threads.emplace_back(work);
    work();
    threads.clear();
    if (failure) std::rethrow_exception(failure);
    return batch;
  }

  void take(std::uint64_t run, const Outcome& outcome) {
    // What comes after the run that ended the campaign counts for nothing, so that the number of
    // threads does not show.
    if (result_.hit && !options_.keep_going) return;
    ++result_.runs;
    result_.steps += outcome.steps;
    result_.requests += outcome.requests;
    result_.unmet_faults += outcome.unmet_faults;
    result_.misfits += static_cast<std::int64_t>(outcome.misfits.size());
    for (const char c : outcome.fingerprint) {
      fingerprint_ = (fingerprint_ ^ static_cast<unsigned char>(c)) * 1099511628211ULL;  // FNV-1a
    }
    if (outcome.findings.empty()) return;
    std::set<std::string> violated;
    for (const Finding& finding : outcome.findings) violated.insert(finding.invariant);
    for (const std::string& id : violated) {
      CampaignResult::Tally& tally =
          result_.violated.try_emplace(id, CampaignResult::Tally{0, run, 0}).first->second;
      ++tally.runs;
      if (violated.size() == 1) ++tally.alone;
    }
    if (!result_.hit) result_.hit = Hit{run, outcome};
  }

  const Source& source_;
  const CampaignOptions& options_;
  CampaignResult result_;
  std::uint64_t fingerprint_ = 14695981039346656037ULL;
};

}  // namespace

CampaignResult run_campaign(const Source& source, const CampaignOptions& options) {
  return Campaign(source, options).run();
}

}  // namespace vfstock::sim::fuzz
