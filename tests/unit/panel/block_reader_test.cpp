#include "engine/panel/block_reader.h"

#include <map>

#include <gmock/gmock.h>

namespace vfstock::panel {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class StandingClock final : public Clock {
 public:
  Instant now() const override { return now_; }
  WallTime wall() const override { return WallTime{now_}; }
  void pass(Milliseconds time) { now_ += time; }

 private:
  Instant now_{};
};

/// A panel that answers from a table, and says what it was asked.
class Table final : public Transport {
 public:
  std::vector<Answer> fetch(std::span<const Request> requests, Milliseconds) override {
    std::vector<Answer> answers;
    for (const Request& request : requests) {
      asked.push_back(request.target);
      Answer answer;
      answer.ending = Ending::complete;
      answer.headers = {{"Content-Type", "application/json"}};
      if (!age.empty()) answer.headers.push_back({"Age", age});
      const auto known = answers_.find(request.target);
      answer.status = known == answers_.end() ? 404 : known->second.first;
      answer.body = known == answers_.end() ? R"({"msg":"not found"})" : known->second.second;
      answers.push_back(std::move(answer));
    }
    return answers;
  }
  void put(const std::string& target, int status, const std::string& body) {
    answers_[target] = {status, body};
  }

  std::vector<std::string> asked;
  std::string age;  // of every answer

 private:
  std::map<std::string, std::pair<int, std::string>> answers_;
};

std::string block(int id, int free, const char* more = R"("type":4,"enabled":true)") {
  return R"({"id":)" + std::to_string(id) + "," + more + R"(,"ipv4":{"freeTotal":)" +
         std::to_string(free) + "}}";
}

std::string page(const std::string& rows, int number, int last, int total) {
  return R"({"current_page":)" + std::to_string(number) + R"(,"last_page":)" +
         std::to_string(last) + R"(,"per_page":200,"total":)" + std::to_string(total) +
         R"(,"data":[)" + rows + "]}";
}

constexpr const char* list_1 = "/connectivity/ipblocks?results=200&page=1";
constexpr const char* list_2 = "/connectivity/ipblocks?results=200&page=2";
std::string bound(int id) {
  return "/connectivity/ipblocks/" + std::to_string(id) + "/hypervisors";
}

class BlockReaderTest : public testing::Test {
 protected:
  BlockReaderTest() {
    table.put(list_1, 200, page(block(1, 9) + "," + block(2, 4), 1, 1, 2));
    table.put(bound(1), 200, R"({"data":[{"id":7},{"id":3}]})");
    table.put(bound(2), 200, R"({"data":[]})");
  }
  const Lookup<SharedBlocks>& read() { return reader.read(Milliseconds{1000}).lookup; }
  const capacity::AddressBlocks& blocks() { return (*read().if_found())->blocks; }

  Table table;
  StandingClock clock;
  BlockReader reader{table, clock, {}};
};

TEST_F(BlockReaderTest, ReadsBlocksAndWhoIsBoundToThem) {
  EXPECT_THAT(blocks(),
              ElementsAre(capacity::AddressBlock{1, 9, {3, 7}}, capacity::AddressBlock{2, 4, {}}));
}

TEST_F(BlockReaderTest, ReadsEveryPage) {
  table.put(list_1, 200, page(block(1, 9), 1, 2, 2));
  table.put(list_2, 200, page(block(2, 4), 2, 2, 2));
  EXPECT_EQ(blocks().size(), 2U);
  EXPECT_THAT(table.asked, ElementsAre(list_1, list_2, bound(1), bound(2)));
}

TEST_F(BlockReaderTest, LeavesOutWhatHasNoIpv4AddressToGive) {
  table.put(list_1, 200,
            page(block(1, 9, R"("type":6,"enabled":true)") + "," +
                     block(2, 9, R"("type":4,"enabled":0)") + "," + block(3, 0),
                 1, 1, 3));
  EXPECT_THAT(blocks(), IsEmpty());
  EXPECT_THAT(table.asked, ElementsAre(list_1));
}

TEST_F(BlockReaderTest, AsksAgainOnlyAfterTenMinutes) {
  read();
  const std::size_t asked = table.asked.size();
  clock.pass(std::chrono::seconds{599});
  read();
  EXPECT_EQ(table.asked.size(), asked);
  clock.pass(std::chrono::seconds{1});
  const auto before = (*read().if_found())->revision;
  EXPECT_EQ(table.asked.size(), 2 * asked);
  EXPECT_EQ(before, 2U);
}

TEST_F(BlockReaderTest, IsMissingWhereThePanelHasNoSuchRoute) {
  for (const int status : {403, 404, 405, 501}) {
    Table closed;
    closed.put(list_1, 200, page(block(1, 9) + "," + block(2, 4), 1, 1, 2));
    closed.put(bound(1), status, "Not here");
    BlockReader of_old_panel(closed, clock, {});
    EXPECT_TRUE(of_old_panel.read(Milliseconds{1000}).lookup.is_missing()) << status;
    EXPECT_THAT(closed.asked, ElementsAre(list_1, bound(1)));
    of_old_panel.read(Milliseconds{1000});
    EXPECT_EQ(closed.asked.size(), 2U) << "remembered";
  }
}

TEST_F(BlockReaderTest, IsMissingWhereTheListIsClosed) {
  table.put(list_1, 403, "");
  EXPECT_TRUE(read().is_missing());
}

TEST_F(BlockReaderTest, IsUnavailableForAllThatPasses) {
  for (const int status : {500, 502, 503, 429, 401, 302}) {
    table.put(bound(1), status, "");
    EXPECT_NE(read().if_unavailable(), nullptr) << status;
  }
  table.put(bound(1), 200, R"({"data":[{"id":7},{"id":3}]})");
  EXPECT_NE(read().if_found(), nullptr) << "a failure is not remembered";
}

TEST_F(BlockReaderTest, BelievesNoRefusalOfABlockThatIsListedWhereTheFirstOneAnswered) {
  for (const int status : {403, 404, 405, 501}) {
    table.put(bound(2), status, R"({"msg":"ip block not found"})");
    EXPECT_NE(read().if_unavailable(), nullptr) << status;
  }
}

TEST_F(BlockReaderTest, BelievesNoRefusalOfALaterPage) {
  table.put(list_1, 200, page(block(1, 9), 1, 2, 2));
  for (const int status : {403, 404, 405, 501}) {
    table.put(list_2, status, "Not here");
    EXPECT_NE(read().if_unavailable(), nullptr) << status;
  }
}

TEST_F(BlockReaderTest, TakesNoAnswerThatIsOlderThanAGroupMayBe) {
  BlockReader impatient(table, clock, {.oldest = std::chrono::seconds{60}});
  table.age = "61";
  EXPECT_NE(impatient.read(Milliseconds{1000}).lookup.if_unavailable(), nullptr);
  table.age = "60";
  EXPECT_NE(impatient.read(Milliseconds{1000}).lookup.if_found(), nullptr);
}

TEST_F(BlockReaderTest, RefusesPagesThatContradictEachOther) {
  table.put(list_1, 200, page(block(1, 9), 1, 1, 2));
  EXPECT_EQ(read().if_unavailable()->reason, Reason::inconsistent);
  table.put(list_1, 200, page(block(1, 9), 2, 1, 1));
  EXPECT_EQ(read().if_unavailable()->reason, Reason::inconsistent);
}

TEST_F(BlockReaderTest, RefusesAListThatNamesABlockTwice) {
  table.put(list_1, 200, page(block(1, 9), 1, 2, 2));
  table.put(list_2, 200, page(block(1, 9), 2, 2, 2));
  ASSERT_NE(read().if_unavailable(), nullptr);
  EXPECT_THAT(read().if_unavailable()->detail, HasSubstr("lists 1 twice"));
}

TEST_F(BlockReaderTest, NamesWhatCannotBeRead) {
  table.put(list_1, 200, page(R"({"id":1,"type":4,"enabled":true})", 1, 1, 1));
  EXPECT_THAT(read().if_unavailable()->detail, HasSubstr("/data/0/ipv4"));
}

}  // namespace
}  // namespace vfstock::panel
