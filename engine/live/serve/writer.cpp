#include "engine/live/serve/writer.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "engine/live/live_panel.h"
#include "engine/live/serve/kept_view.h"
#include "engine/live/serve/signature.h"
#include "engine/sqlite/journal_file.h"

namespace vfstock::serve {
namespace {

constexpr Milliseconds first_backoff{1'000}, longest_backoff{30'000};
constexpr Milliseconds standby_pause{5'000}, hold_on_pause{10'000}, show_pause{30'000};
/// Other processes put events into the queue, too; nobody wakes us for these.
constexpr Milliseconds longest_rest{1'000};
constexpr std::size_t questions_max = 8;
/// However many come, what is due has its turn between them.
constexpr int events_at_once = 100;

/// Which sweep it is, the limits say; the time until then is measured.
bool leads_to_a_sweep(const Event& event) {
  return event.kind == EventKind::look ||
         (module_event(event) && event.module == "VirtFusionDirect");
}

}  // namespace

void check_reload(const Settings& now, const Settings& next) {
  const auto refuse = [](const char* what) {
    throw live::SettingsError(std::string(what) + " cannot be changed while it runs; restart it");
  };
  if (now.shop.address.text() != next.shop.address.text()) refuse("--shop");
  if (now.journal.file != next.journal.file) refuse("--journal");
  if (now.listen.host != next.listen.host || now.listen.port != next.listen.port) {
    refuse("--listen");
  }
  if (now.listen.tls != next.listen.tls) refuse("--tls-certificate, --tls-key");
  if (now.listen.names != next.listen.names) refuse("--host");
  live::open_transport(next.panel, plan::policy_from(next.policy));
  for (const std::string& secret : next.secrets.hook) key_of(secret);
}

Writer::Writer(Settings settings, EventQueue& queue, const Observers& observers)
    : settings_(std::move(settings)), queue_(queue), observers_(observers) {}

void Writer::run() {
  while (!stopping_) {
    observers_.heart.beat();
    try {
      step();
    } catch (const std::exception& error) {
      let_go(error.what());
    }
    rest();
  }
  use(nullptr);
  answer_questions();  // nobody waits for an answer that does not come
}

void Writer::step() {
  take_new_settings();
  if (!engine_) {
    if (now() >= open_at_) try_to_open();
    if (!engine_) return answer_questions();
  }
  if (!hold_on()) return;
  answer_questions();
  handle_events();
  if (!engine_) return;
  look_at_services();
  engine_->keeper().run_due();
  engine_->keeper().cron();
  publish();
}

void Writer::try_to_open() {
  if (now() >= shown_at_) show_kept();
  try {
    const bool remembers = state_is_ours_ && view_.sweep.attempted.has_value();
    use(std::make_unique<EngineAtWork>(settings_, observers_, stopping_, view_, state_is_ours_));
    observers_.log.say(Level::notice, "writer.begins", {{"shop", settings_.shop.address.text()}});
    state_is_ours_ = true;
    backoff_ = Milliseconds{0};
    told_trouble_.clear();
    hold_on_at_ = now() + hold_on_pause;
    services_at_ = now();
    publish();
    // Nobody knows what happened while nobody listened. Without a memory the first sweep comes
    // later, by the engine's own rule.
    if (remembers) tell(engine_->keeper(), {});
  } catch (const live::WritersBusy& busy) {
    if (!busy.shares_journal()) state_is_ours_ = false;
    open_failed(Role::standby, "", standby_pause);
  } catch (const std::exception& error) {
    backoff_ = std::clamp(backoff_ * 2, first_backoff, longest_backoff);
    open_failed(Role::opening, error.what(), backoff_);
  }
}

void Writer::open_failed(Role role, const std::string& why, Milliseconds again_in) {
  open_at_ = now() + again_in;
  if (role != view_.role || why != told_trouble_) {
    observers_.log.say(role == Role::standby ? Level::notice : Level::error,
                       role == Role::standby ? "writer.waits" : "writer.cannot_open",
                       {{"text", role == Role::standby ? "another daemon writes the shop" : why}});
  }
  told_trouble_ = why;
  view_.role = role;
  view_.trouble = why;
  observers_.metrics.publish(view_);
  observers_.board.publish(view_);
}

void Writer::use(std::unique_ptr<EngineAtWork> engine) {
  {
    const std::lock_guard lock(engine_mutex_);
    engine_.swap(engine);
  }
  engine.reset();  // the one of before, which no other thread sees any more
}

void Writer::let_go(const std::string& why) {
  if (engine_) {
    view_ = engine_->recorder().view();
    use(nullptr);
  }
  backoff_ = std::clamp(backoff_ * 2, first_backoff, longest_backoff);
  open_failed(Role::opening, why, backoff_);
}

/// Whether we are still the writer; otherwise everything is let go of.
bool Writer::hold_on() {
  if (now() < hold_on_at_) return true;
  try {
    engine_->hold_on();
    hold_on_at_ = now() + hold_on_pause;
    return true;
  } catch (const catalogue::StoreError& error) {
    observers_.log.say(Level::error, "writer.lost", {{"text", std::string(error.what())}});
    // Whoever writes now may have a memory of its own.
    state_is_ours_ = false;
    let_go(error.what());
    return false;
  }
}

void Writer::show_kept() {
  shown_at_ = now() + show_pause;
  try {
    const auto journal =
        sqlite::open_journal(settings_.journal.file, sqlite::SqliteDatabase::Open::read_only);
    View kept = kept_view(*journal, plan::policy_from(settings_.policy));
    kept.role = view_.role;
    kept.trouble = view_.trouble;
    view_ = std::move(kept);
  } catch (const std::exception& error) {
    observers_.log.say(Level::warning, "journal.unreadable", {{"text", std::string(error.what())}});
  }
}

void Writer::take_new_settings() {
  std::optional<Settings> next;
  {
    const std::lock_guard lock(mutex_);
    next.swap(new_settings_);
  }
  if (!next) return;
  settings_ = std::move(*next);
  if (engine_) view_ = engine_->recorder().view();
  use(nullptr);  // its memory is saved; the next one takes it up
  open_at_ = now();
}

void Writer::answer_questions() {
  for (;;) {
    Asked asked;
    {
      const std::lock_guard lock(mutex_);
      if (asked_.empty()) return;
      asked = std::move(asked_.front());
      asked_.pop_front();
    }
    if (!engine_) {
      asked.answer.set_exception(
          std::make_exception_ptr(catalogue::StoreError("this daemon does not write the shop")));
      continue;
    }
    try {
      observers_.heart.beat();
      asked.answer.set_value(asked.question(*engine_));
    } catch (...) {
      asked.answer.set_exception(std::current_exception());
    }
  }
}

// Of the panel's own messages one is acted upon in the window that all events share: what it makes
// the engine forget and read again must not depend on how many come.
bool Writer::may_handle(const Event& event) const {
  return event.source != Source::virtfusion || now() >= hints_again_at_;
}

void Writer::handle_events() {
  std::int64_t after = 0;
  for (int i = 0; i < events_at_once && !stopping_; ++i) {
    const auto waiting = queue_.next(after);
    if (!waiting) break;
    after = waiting->number;
    if (!may_handle(waiting->event)) continue;
    // An order is tried once, and a lost lock is noticed before it matters.
    if (module_event(waiting->event)) hold_on_at_ = now();
    if (!hold_on()) return;
    handle(*waiting);
    if (i + 1 == events_at_once) wake();
  }
  observers_.metrics.queue_depth(queue_.depth());
}

// Told first, crossed out afterwards: who dies in between is told again, and so is whoever finds
// that a store has failed. Another failure would come again with the same event.
void Writer::handle(const EventQueue::Waiting& waiting) {
  const Event& event = waiting.event;
  observers_.heart.beat();
  if (event.source == Source::virtfusion) {
    hints_again_at_ = now() + engine_->keeper().policy().event_window;
  }
  queue_.begin(waiting.number);
  if (leads_to_a_sweep(event)) engine_->recorder().await_write(event.received);
  try {
    tell(engine_->keeper(), event);
  } catch (const catalogue::StoreError&) {
    throw;
  } catch (const std::exception& error) {
    observers_.log.say(Level::error, "event.failed", {{"id", event.id}, {"text", error.what()}});
  }
  queue_.handled(waiting.number, observers_.clock.wall());
  observers_.log.say(Level::debug, "event.handled",
                     {{"source", std::string(name(event.source))},
                      {"kind", std::string(name(event.kind))},
                      {"id", event.id}});
}

void Writer::look_at_services() {
  if (settings_.watch_services.count() == 0 || now() < services_at_) return;
  services_at_ = now() + settings_.watch_services;
  const auto events = engine_->services().changes(observers_.clock.wall());
  for (const Event& event : events) {
    observers_.metrics.event(name(event.source), name(event.kind));
    queue_.put(event);
  }
  if (!events.empty()) wake();
}

void Writer::publish() { engine_->recorder().tell(Role::writer, engine_->panel()); }

void Writer::rest() {
  Milliseconds pause = longest_rest;
  if (engine_) {
    const auto due = engine_->keeper().next_due();
    if (due) pause = std::clamp(*due - now(), Milliseconds{1}, pause);
  }
  observers_.heart.beat();
  std::unique_lock lock(mutex_);
  wakes_.wait_for(lock, pause,
                  [this] { return woken_ || stopping_ || new_settings_ || !asked_.empty(); });
  woken_ = false;
}

void Writer::stop() {
  stopping_ = true;
  {
    const std::lock_guard lock(engine_mutex_);
    if (engine_) engine_->cut_short();
  }
  wake();
}

void Writer::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wakes_.notify_all();
}

void Writer::reload(Settings next) {
  {
    const std::lock_guard lock(mutex_);
    new_settings_ = std::move(next);
  }
  wakes_.notify_all();
}

Writer::Reply Writer::ask(Question question, std::chrono::milliseconds patience) {
  if (observers_.board.read()->role != Role::writer) return {Refusal::not_writer, ""};
  std::future<std::string> answer;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return {Refusal::not_writer, ""};
    if (asked_.size() >= questions_max) return {Refusal::busy, ""};
    asked_.push_back({std::move(question), {}});
    answer = asked_.back().answer.get_future();
  }
  wakes_.notify_all();
  if (answer.wait_for(patience) != std::future_status::ready) return {Refusal::late, ""};
  return {std::nullopt, answer.get()};
}

}  // namespace vfstock::serve
