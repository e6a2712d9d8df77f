#include "mockpanel/wire/request_journal.h"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace vfstock::mockpanel::wire {
namespace {

using namespace std::chrono_literals;

api::Request request() {
  api::Request made;
  made.method = "GET";
  made.path = "/packages/7";
  made.query = {{"page", "2"}, {"api_token", "hunter2"}, {"Password", "hunter2"}};
  made.headers = {{"Authorization", "Bearer hunter2"}};
  made.body = "hunter2";
  return made;
}

faults::Delivery delivery(faults::End end) {
  faults::Delivery made;
  made.response = {200, {{"Set-Cookie", "hunter2"}}, "0123456789"};
  made.end = end;
  made.cut_after = 5;
  return made;
}

TEST(RequestJournal, AnEntrySaysWhatWasAskedAndDelivered) {
  const JournalEntry entry = journal_entry(request(), delivery(faults::End::whole), "x", 1500ms);
  EXPECT_EQ(entry.at, 1500ms);
  EXPECT_EQ(entry.method, "GET");
  EXPECT_EQ(entry.status, 200);
  EXPECT_EQ(entry.fault, "x");
  EXPECT_EQ(entry.bytes, 10U);
  EXPECT_EQ(entry.end, "whole");
}

TEST(RequestJournal, SecretsInTheQueryAreMasked) {
  const JournalEntry entry = journal_entry(request(), delivery(faults::End::whole), "", 0ms);
  EXPECT_EQ(entry.target, "/packages/7?page=2&api_token=***&Password=***");
}

TEST(RequestJournal, OnlyWhatLeftIsCounted) {
  const JournalEntry cut = journal_entry(request(), delivery(faults::End::cut), "", 0ms);
  EXPECT_EQ(cut.bytes, 5U);
  EXPECT_EQ(cut.status, 200);
  const JournalEntry silent = journal_entry(request(), delivery(faults::End::no_answer), "", 0ms);
  EXPECT_EQ(silent.bytes, 0U);
  EXPECT_EQ(silent.status, 0);
  EXPECT_EQ(silent.end, "no-answer");
}

TEST(RequestJournal, KeepsTheNewestAndNumbersThemAll) {
  RequestJournal journal(3);
  for (int i = 0; i < 5; ++i) journal.record({});
  const auto entries = journal.entries();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries.front().ordinal, 3U);
  EXPECT_EQ(entries.back().ordinal, 5U);
  EXPECT_EQ(journal.recorded(), 5U);
}

TEST(RequestJournal, ThreadsLoseNoEntry) {
  RequestJournal journal(1000);
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&journal] {
      for (int n = 0; n < 100; ++n) journal.record({});
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(journal.entries().size(), 400U);
  EXPECT_EQ(journal.entries().back().ordinal, 400U);
}

}  // namespace
}  // namespace vfstock::mockpanel::wire
