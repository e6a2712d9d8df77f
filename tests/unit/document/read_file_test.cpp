#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>

#include "sim/document/document.h"
#include "tests/unit/document/refusal.h"

namespace vfstock::sim::document::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A file of this test's own that is gone afterwards.
class ReadFile : public ::testing::Test {
 protected:
  ReadFile() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::path(::testing::TempDir()) /
            (std::string("vfstock_read_file_") + test->name() + ".json");
  }
  ~ReadFile() override { std::filesystem::remove(path_); }

  void write(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }
  std::string read_refusal() {
    return refusal([this] { read_file(path_); });
  }

  std::filesystem::path path_;
};

TEST_F(ReadFile, ReadsADocument) {
  write("{\"a\": 1}\n");
  EXPECT_EQ(read_file(path_).dump(), R"({"a":1})");
}

TEST_F(ReadFile, NamesTheFileInSyntaxErrors) {
  write("{");
  EXPECT_THAT(read_refusal(), StartsWith(path_.string() + ":1:2: "));
}

TEST_F(ReadFile, SaysWhyAFileCannotBeRead) {
  EXPECT_EQ(read_refusal(), path_.string() + ": cannot be read: No such file or directory");
}

TEST_F(ReadFile, RefusesAFolder) {
  EXPECT_THAT(refusal([] { read_file(::testing::TempDir()); }),
              EndsWith("is a folder; name a file"));
}

// Told by what is refused: reading 64 MiB to their end would take a sanitizer build long.
TEST_F(ReadFile, LooksIntoAFileOfExactlyTheLimit) {
  write("x" + std::string(file_bytes_max - 1, ' '));
  EXPECT_THAT(read_refusal(), StartsWith(path_.string() + ":1:1: "));
}

TEST_F(ReadFile, RefusesAFileOneByteBeyondTheLimit) {
  write("x" + std::string(file_bytes_max, ' '));
  EXPECT_THAT(read_refusal(), EndsWith("is larger than 64 MiB"));
}

TEST_F(ReadFile, StopsReadingADeviceThatNeverEnds) {
  EXPECT_THAT(refusal([] { read_file("/dev/zero"); }), HasSubstr("is no regular file"));
}

}  // namespace
}  // namespace vfstock::sim::document::testing
