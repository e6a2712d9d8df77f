// The loop: the one thread that owns engine and stores. Everybody else gives it events through the
// queue, or asks it something and waits.
//
// It is in one of three roles: opening (a store cannot be opened: it tries again, later each time),
// standby (another daemon writes the shop: it tries again every few seconds) or writer. A writer
// that finds that it is no longer the writer lets go of everything and begins at the first role.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/live/serve/engine_at_work.h"
#include "engine/live/serve/event_queue.h"

namespace vfstock::serve {

/// Throws SettingsError where `next` cannot take the place of `now` without a restart, or cannot be
/// used at all.
void check_reload(const Settings& now, const Settings& next);

class Writer {
 public:
  /// All but `settings` must outlive it.
  Writer(Settings settings, EventQueue& queue, const Observers& observers);

  /// Works until stop(). Throws nothing that the outside world causes.
  void run();

  // These may be called by any thread.

  /// Ends run() after what it is doing; what it asks the panel meanwhile is cut short.
  void stop();
  /// An event was put into the queue.
  void wake();
  /// Goes on with these settings, checked by check_reload().
  void reload(Settings next);

  enum class Refusal { not_writer, busy, late };
  struct Reply {
    std::optional<Refusal> refusal;
    std::string text;  // what the question returned, without a refusal
  };
  using Question = std::function<std::string(EngineAtWork&)>;
  /// Runs the question between two steps and waits for its end, at most `patience`. Throws what the
  /// question throws.
  Reply ask(Question question, std::chrono::milliseconds patience);

 private:
  struct Asked {
    Question question;
    std::promise<std::string> answer;
  };

  void step();
  void try_to_open();
  void open_failed(Role role, const std::string& why, Milliseconds again_in);
  void let_go(const std::string& why);
  void use(std::unique_ptr<EngineAtWork> engine);
  void take_new_settings();
  void answer_questions();
  void handle_events();
  void handle(const EventQueue::Waiting& waiting);
  void look_at_services();
  void show_kept();
  bool hold_on();
  void publish();
  void rest();
  bool may_handle(const Event& event) const;
  Instant now() const { return observers_.clock.now(); }

  Settings settings_;
  EventQueue& queue_;
  const Observers observers_;
  std::atomic<bool> stopping_{false};

  std::mutex mutex_;  // over the next four
  std::condition_variable wakes_;
  bool woken_ = false;
  std::deque<Asked> asked_;
  std::optional<Settings> new_settings_;

  View view_;  // while there is no engine
  bool state_is_ours_ = true;
  Milliseconds backoff_{0};
  Instant open_at_{}, hold_on_at_{}, services_at_{}, shown_at_{};
  Instant hints_again_at_ = Instant::min() / 2;
  std::string told_trouble_;
  std::mutex engine_mutex_;  // over exchanging the engine, and over others' use of it
  std::unique_ptr<EngineAtWork> engine_;
};

}  // namespace vfstock::serve
