#include "engine/http/batch.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace vfstock::http {
namespace {

void require(CURLMcode result) {
  if (result != CURLM_OK) {
    throw std::runtime_error(std::string("libcurl failed: ") + curl_multi_strerror(result));
  }
}

panel::Answer never_begun() {
  panel::Answer answer;
  answer.ending = panel::Ending::not_sent;
  answer.detail = "not sent: the time for this batch of requests was used up before its turn";
  return answer;
}

}  // namespace

Batch::Batch(const MultiHandle& multi, std::span<const std::unique_ptr<Exchange>> exchanges,
             std::span<const Outgoing> requests, Limits limits, Expiry& expiry)
    : multi_(multi),
      requests_(requests),
      limits_(limits),
      expiry_(expiry),
      end_(after(real_now(), limits.budget)),
      answers_(requests.size(), never_begun()) {
  for (const auto& exchange : exchanges) idle_.push_back(exchange.get());
  in_flight_.reserve(idle_.size());
}

Batch::~Batch() {
  for (Exchange* exchange : in_flight_) {
    curl_multi_remove_handle(multi_.get(), exchange->handle());
    exchange->abandon();
  }
}

std::vector<panel::Answer> Batch::run() {
  for (begin_waiting(); !in_flight_.empty(); begin_waiting()) {
    perform();
    if (!collect_finished()) wait();
    if (!in_flight_.empty() && expiry_.take()) end_all();
    end_overdue();
  }
  return std::move(answers_);
}

void Batch::begin_waiting() {
  while (!idle_.empty() && next_ < requests_.size()) {
    const Moment now = real_now();
    if (now >= end_) return;
    Exchange& exchange = *idle_.back();
    const Moment deadline = std::min(after(now, limits_.request), end_);
    exchange.prepare(next_, requests_[next_], now, deadline);
    attach(exchange);
    idle_.pop_back();
    ++next_;
  }
}

void Batch::perform() {
  int running = 0;
  require(curl_multi_perform(multi_.get(), &running));
}

bool Batch::collect_finished() {
  bool any = false;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    // Removing the handle ends the message's life.
    const CURLcode code = message->data.result;
    finish(Exchange::of(message->easy_handle), code);
    any = true;
  }
  return any;
}

// What waits for its turn is not sent once the panel has asked to be left alone.
void Batch::take(panel::Answer answer, std::size_t number) {
  if (panel::asks_for_patience(answer)) {
    for (; next_ < requests_.size(); ++next_) {
      answers_[next_].ending = panel::Ending::held_back;
      answers_[next_].detail = "not sent: the panel asked to be left alone";
    }
  }
  answers_[number] = std::move(answer);
}

void Batch::finish(Exchange& exchange, CURLcode code) {
  detach(exchange);
  const Moment now = real_now();
  if (exchange.refused_its_connection() && now < exchange.deadline()) {
    exchange.prepare_afresh(now);
    attach(exchange);
    return;
  }
  take(exchange.refused_its_connection() ? exchange.finish_overdue() : exchange.finish(code),
       exchange.number());
  idle_.push_back(&exchange);
}

void Batch::wait() {
  // libcurl wakes up earlier for its own timers, for bytes and for curl_multi_wakeup().
  const auto patience = until(next_deadline(), real_now());
  require(curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(patience.count()), nullptr));
}

void Batch::end_overdue() {
  const Moment now = real_now();
  const auto flying = in_flight_;
  for (Exchange* exchange : flying) {
    if (now < exchange->deadline()) continue;
    detach(*exchange);
    answers_[exchange->number()] = exchange->finish_overdue();
    idle_.push_back(exchange);
  }
}

void Batch::end_all() {
  while (!in_flight_.empty()) {
    Exchange& exchange = *in_flight_.back();
    detach(exchange);
    answers_[exchange.number()] = exchange.finish_overdue();
    idle_.push_back(&exchange);
  }
}

void Batch::attach(Exchange& exchange) {
  require(curl_multi_add_handle(multi_.get(), exchange.handle()));
  in_flight_.push_back(&exchange);
}

void Batch::detach(Exchange& exchange) {
  curl_multi_remove_handle(multi_.get(), exchange.handle());
  std::erase(in_flight_, &exchange);
}

Moment Batch::next_deadline() const {
  Moment next = in_flight_.front()->deadline();
  for (const Exchange* exchange : in_flight_) next = std::min(next, exchange->deadline());
  return next;
}

}  // namespace vfstock::http
