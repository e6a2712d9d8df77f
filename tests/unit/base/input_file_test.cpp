#include "engine/base/input_file.h"

#include <filesystem>
#include <fstream>
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace vfstock {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

struct InputFiles : ::testing::Test {
  std::filesystem::path path =
      std::filesystem::path(::testing::TempDir()) /
      ("input-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
  ~InputFiles() override { std::filesystem::remove(path); }

  void write(const std::string& text) { std::ofstream(path, std::ios::binary) << text; }
  std::string refusal(const std::filesystem::path& file, std::size_t bytes_max = 1024) {
    try {
      (void)read_input_file(file, bytes_max);
      return "";
    } catch (const InputFileError& error) {
      return error.what();
    }
  }
};

TEST_F(InputFiles, AreReadWhole) {
  write(std::string("a\0b", 3) + std::string(1000, 'x'));
  const InputFile input = read_input_file(path, 1003);
  EXPECT_EQ(input.bytes.size(), 1003U);
  EXPECT_EQ(input.bytes[1], '\0');
}

TEST_F(InputFiles, OfOneByteTooManyAreRefused) {
  write(std::string(1025, 'x'));
  EXPECT_THAT(refusal(path), EndsWith("is larger than 1 KiB"));
}

TEST_F(InputFiles, ThatNeverEndAreRefusedUnread) {
  for (const char* device : {"/dev/zero", "/dev/urandom", "/dev/null"}) {
    EXPECT_THAT(refusal(device), HasSubstr("is no regular file")) << device;
  }
}

// It would wait for somebody who writes.
TEST_F(InputFiles, MayBeNoFifo) {
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  EXPECT_THAT(refusal(path), HasSubstr("is no regular file"));
  EXPECT_THROW(require_regular_file(path), InputFileError);
}

TEST_F(InputFiles, MayBeNoFolder) {
  EXPECT_THAT(refusal(::testing::TempDir()), EndsWith("is a folder; name a file"));
}

TEST_F(InputFiles, ThatAreNotThereSayWhy) {
  EXPECT_EQ(refusal(path), path.string() + ": cannot be read: No such file or directory");
}

TEST_F(InputFiles, TellWhetherOthersCanReadThem) {
  write("x");
  std::filesystem::permissions(path, std::filesystem::perms{0600});
  EXPECT_FALSE(read_input_file(path, 10).others_may_read);
  std::filesystem::permissions(path, std::filesystem::perms{0644});
  EXPECT_TRUE(read_input_file(path, 10).others_may_read);
}

}  // namespace
}  // namespace vfstock
