// The rules of the house, applied to the tree that this test was built from.
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/tidy/arrows.h"
#include "tests/tidy/banned.h"
#include "tests/tidy/habits.h"
#include "tests/tidy/size.h"
#include "tests/tidy/source_file.h"

namespace vfstock::tidy {
namespace {

const std::filesystem::path tree = VFSTOCK_SOURCE_FOLDER;

const std::vector<SourceFile>& files() {
  static const std::vector<SourceFile> read = source_files(tree);
  return read;
}

void expect_clean(Findings (*rule)(const SourceFile&)) {
  std::string found;
  for (const SourceFile& file : files()) {
    for (const Finding& finding : rule(file)) found += text(finding) + "\n";
  }
  EXPECT_TRUE(found.empty()) << found;
}

TEST(SourceTree, IsTheWholeTree) {
  std::size_t headers = 0, sources = 0;
  for (const SourceFile& file : files()) ++(file.path.ends_with(".h") ? headers : sources);
  EXPECT_GE(headers, 30U);
  EXPECT_GE(sources, 30U);
}

TEST(SourceTree, KeepsTheArrowsBetweenRooms) { expect_clean(check_arrows); }
TEST(SourceTree, UsesNothingThatIsBanned) { expect_clean(check_banned); }
TEST(SourceTree, KeepsFunctionsShort) { expect_clean(check_function_length); }
TEST(SourceTree, KeepsFilesShort) { expect_clean(check_file_length); }
TEST(SourceTree, KeepsLinesShort) { expect_clean(check_line_length); }
TEST(SourceTree, OpensHeadersWithTheirPurpose) { expect_clean(check_header_opening); }
TEST(SourceTree, NamesFilesAfterTheirRule) { expect_clean(check_file_name); }
TEST(SourceTree, HasNoStrayWhiteSpace) { expect_clean(check_white_space); }
TEST(SourceTree, HasNoOpenNotes) { expect_clean(check_open_notes); }
TEST(SourceTree, HasNoCodeThatIsCommentedOut) { expect_clean(check_dead_code); }

TEST(SourceTree, HasEveryRoomAndPlaceThatTheRulesName) {
  for (const auto& place : rooms()) EXPECT_TRUE(std::filesystem::exists(tree / place)) << place;
  for (const auto& place : exempted_places()) {
    EXPECT_TRUE(std::filesystem::exists(tree / place)) << place;
  }
}

}  // namespace
}  // namespace vfstock::tidy
