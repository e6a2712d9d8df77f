// bounded: every refresh ends within its time, a group has no more pages than are allowed, and what
// failed is left alone for a while and then tried again: after a minute, and then after twice as
// long as the time before, up to a quarter of an hour. Where the shop failed, that is a sweep.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/invariants/kept_moment.h"
#include "sim/invariants/patience.h"
#include "sim/invariants/same_name.h"
#include "sim/invariants/story.h"
#include "sim/invariants/target.h"
#include "sim/invariants/watcher.h"

namespace vfstock::sim::invariants {
namespace {

constexpr std::int64_t pages_max = 500;
constexpr std::chrono::seconds retry_least{60};
constexpr std::chrono::seconds retry_most{15 * 60};
constexpr std::chrono::seconds grace{1};

/// Kept for a reason that passes, as the journal names it; not by a rule.
bool passes_by_itself(const Journalled& entry) {
  constexpr std::array<std::string_view, 5> causes{"package unavailable", "group unavailable",
                                                   "store failed", "contended", "surprise"};
  return !entry.is_set && std::find(causes.begin(), causes.end(), entry.cause) != causes.end();
}

/// However short: "0" names one, too.
bool names_a_wait(const Exchanged& exchange) {
  return std::any_of(exchange.headers.begin(), exchange.headers.end(),
                     [](const auto& header) { return same_name(header.first, "retry-after"); });
}

class Bounded final : public Watcher {
 public:
  explicit Bounded(const Expectations& expectations)
      : Watcher("bounded"), expectations_(expectations) {}

  void watch(const Record& record, Findings& findings) override {
    if (const auto* begins = std::get_if<RefreshBegins>(&record)) {
      judge_waiting(begins->at, findings);
      begin(*begins, findings);
    }
    if (const auto* ends = std::get_if<RefreshEnds>(&record)) {
      end(*ends, findings);
      wait_on(*ends);
    }
    if (const auto* step = std::get_if<StepEnds>(&record)) judge_waiting(step->at, findings);
    if (const auto* entry = std::get_if<Journalled>(&record)) note(*entry);
    if (const auto* hook = std::get_if<Hook>(&record)) hear(*hook);
    if (const auto* exchange = std::get_if<Exchanged>(&record)) ask(*exchange, findings);
    if (const auto* restarted = std::get_if<Restarted>(&record)) restart(*restarted);
    if (const auto* stepped = std::get_if<ClockStepped>(&record)) {
      calendar_.set(*stepped);
      last_probe_.calendar_set();
      clock_stepped_ = true;
    }
  }

 private:
  struct Kept {
    Time since{};  // first keep, or the newest retry that kept
    /// The probe that forbade another one when the product was kept.
    std::optional<Time> hindered_by;
    std::chrono::seconds least = retry_least;  // until it may be tried again
  };
  /// A product, or the whole shop, that waits to be tried again.
  struct Waiting {
    std::chrono::seconds longest{};  // from the end of the refresh that kept it
    Time latest{};
  };

  static bool is_meant(const RefreshBegins& begins, std::int64_t product) {
    return begins.product == product ||
           std::find(begins.only.begin(), begins.only.end(), product) != begins.only.end();
  }

  void begin(const RefreshBegins& begins, Findings& findings) {
    began_ = begins.at;
    running_ = true;
    is_sweep_ = begins.is_sweep();
    wait_is_named_ = false;
    told_.clear();
    is_retry_ = begins.trigger == "retry";
    retried_.clear();
    silent_ = begins.only;
    if (begins.product) silent_.push_back(*begins.product);
    tried_.clear();
    for (const auto& [product, waiting] : waiting_) {
      if (begins.is_sweep() || is_meant(begins, product)) tried_.insert(product);
    }
    if (!is_retry_) return;
    if (is_sweep_ && !shop_) {
      violated(findings, begins.at,
               "everything was tried again at " + clock_text(begins.at) +
                   " although the shop could be read");
    }
    for (const auto& [product, kept] : kept_) {
      if (!is_meant(begins, product)) continue;
      retried_.insert(product);
      if (begins.at - kept.since >= kept.least || waited_for_probe(kept, begins.at)) continue;
      violated(findings, begins.at,
               "product " + std::to_string(product) + " was tried again at " +
                   clock_text(begins.at) + ", too soon after " + clock_text(kept.since) +
                   ": not before " + clock_text(kept.least) + " have passed");
    }
  }

  // Kept since the probe of a moment ago forbade another, and tried when one is allowed again.
  bool waited_for_probe(const Kept& kept, Time now) const {
    return kept.hindered_by && now - *kept.hindered_by >= expectations_.probe_interval;
  }

  void end(const RefreshEnds& ends, Findings& findings) {
    // A product that failed with the shop begins anew; one that is gone is not tried again.
    for (const std::int64_t product : silent_) kept_.erase(product);
    if (!ends.shop.reads) {
      retried_.clear();
      for (const std::int64_t product : silent_) keep(product, ends.at);
    } else if (is_sweep_) {
      std::erase_if(kept_, [&](const auto& each) { return !told_.contains(each.first); });
    }
    const bool in_time = ends.at - began_ <= expectations_.refresh_budget + grace;
    if (!std::exchange(running_, false) || in_time) return;
    violated(findings, ends.at,
             "the refresh of " + clock_text(began_) + " ended at " + clock_text(ends.at) +
                 ", past its " + clock_text(expectations_.refresh_budget));
  }

  void note(const Journalled& entry) {
    std::erase(silent_, entry.product);
    told_.insert(entry.product);
    if (passes_by_itself(entry)) {
      keep(entry.product, entry.at);
      failed_.insert(entry.product);
    } else {
      kept_.erase(entry.product);
    }
  }

  // A call that found the shop unreadable may make the client try it, but need not.
  void hear(const Hook& hook) {
    if (!hook.shop_readable && !shop_) shop_ = Waiting{retry_least, Time::max()};
  }

  void keep(std::int64_t product, Time at) {
    Kept& kept = kept_.try_emplace(product, Kept{began_, {}}).first->second;
    const std::optional<Time>& last = last_probe_.latest();
    const bool waits_for_probe = last && at - *last < expectations_.probe_interval;
    if (is_retry_ && retried_.contains(product)) {
      // A wait that is named does not grow.
      const bool is_named = waits_for_probe || wait_is_named_ || patience_until_ > began_;
      kept = {began_, {}, is_named ? retry_least : std::min(2 * kept.least, retry_most)};
    }
    if (!waits_for_probe) return;
    kept.hindered_by = last_probe_.is_doubtful() ? Time::min() / 2 : *last;
  }

  // One refresh at a time: what falls due while one runs begins when it is over.
  void wait_on_shop(const RefreshEnds& ends) {
    if (!ends.shop.reads) {
      const auto longest = shop_ ? std::min(2 * shop_->longest, retry_most) : retry_least;
      shop_ = Waiting{longest, ends.at + longest};
    } else if (is_sweep_) {
      shop_.reset();
    } else if (shop_) {
      shop_->latest = std::max(shop_->latest, ends.at);
    }
  }

  // Which products are to be tried again from now on, and by when.
  void wait_on(const RefreshEnds& ends) {
    wait_on_shop(ends);
    for (const std::int64_t product : tried_) {
      if (ends.shop.reads && !failed_.contains(product)) waiting_.erase(product);
    }
    for (auto& [product, waiting] : waiting_) {
      waiting.latest = std::max(waiting.latest, ends.at);
      if (ends.shop.reads || !tried_.contains(product)) continue;
      waiting.longest = retry_most;
      waiting.latest = ends.at + retry_most;
    }
    for (const std::int64_t product : failed_) {
      const auto known = waiting_.find(product);
      Waiting& waiting = waiting_[product];
      waiting.longest =
          known == waiting_.end() ? retry_least : std::min(2 * waiting.longest, retry_most);
      // What is left of a patience is counted in whole seconds.
      waiting.latest = std::max(ends.at + waiting.longest, patience_until_ + grace);
    }
    failed_.clear();
    tried_.clear();
  }

  void judge_waiting(Time now, Findings& findings) {
    if (running_ || !expectations_.retry_unavailable) return;
    if (shop_ && shop_->latest < now) {
      violated(findings, now,
               "the shop could not be read and was not swept by " + clock_text(shop_->latest));
      shop_->latest = Time::max();
    }
    for (const auto& [product, waiting] : waiting_) {
      if (waiting.latest >= now) continue;
      violated(findings, now,
               "product " + std::to_string(product) + " was kept for now and not tried " +
                   "again by " + clock_text(waiting.latest));
    }
    std::erase_if(waiting_, [&](const auto& each) { return each.second.latest < now; });
  }

  void ask(const Exchanged& exchange, Findings& findings) {
    const Target target = read_target(exchange.target);
    if (target.about == Target::About::connection) last_probe_.is(exchange.asked);
    wait_is_named_ = wait_is_named_ || names_a_wait(exchange);
    const Time patience = patience_asked(exchange, calendar_).at_most;
    if (patience > Time{0}) {
      patience_until_ = std::max(patience_until_, exchange.answered + patience);
    }
    if (target.about != Target::About::group || target.page <= pages_max) return;
    violated(findings, exchange.asked, "GET " + exchange.target + " is a page too many");
  }

  // Tries survive a restart with the state, as calendar time.
  void restart(const Restarted& restarted) {
    running_ = false;
    last_probe_.client_started(restarted.at);
    if (restarted.state_lost) {
      kept_.clear();
      waiting_.clear();
      shop_.reset();
    }
    if (clock_stepped_) {
      for (auto& [product, kept] : kept_) kept.since = Time::min() / 2;
      patience_until_ = std::max(patience_until_, restarted.at + patience_max);
    }
    // A calendar that was set moves a try at each start until there is a new one.
    misdated_ = misdated_ || clock_stepped_;
    if (misdated_) {
      if (shop_) shop_->latest = std::max(shop_->latest, restarted.at + retry_most);
      for (auto& [product, waiting] : waiting_) {
        waiting.latest = std::max(waiting.latest, restarted.at + retry_most);
      }
    }
    clock_stepped_ = false;
  }

  const Expectations& expectations_;
  Time began_{};
  bool running_ = false;
  bool is_retry_ = false;
  bool is_sweep_ = false;
  bool wait_is_named_ = false;  // by an answer of this refresh
  bool clock_stepped_ = false;
  KeptMoment last_probe_;
  std::set<std::int64_t> retried_;
  std::set<std::int64_t> told_;       // products with an entry so far
  std::vector<std::int64_t> silent_;  // products asked for by name, without an entry so far
  std::map<std::int64_t, Kept> kept_;
  std::set<std::int64_t> failed_;  // in this refresh, for a reason that passes by itself
  std::set<std::int64_t> tried_;   // of those that wait, in this refresh
  std::map<std::int64_t, Waiting> waiting_;
  std::optional<Waiting> shop_;  // it could not be read, and no sweep has read it since
  bool misdated_ = false;        // the calendar was set before some start
  Calendar calendar_;
  Time patience_until_{};
};

}  // namespace

std::unique_ptr<Watcher> bounded(const Expectations& expectations) {
  return std::make_unique<Bounded>(expectations);
}

}  // namespace vfstock::sim::invariants
