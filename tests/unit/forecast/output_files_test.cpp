// Files that a forecast writes: opened first, whole or untouched.
#include "sim/cli/forecast/output_files.h"

#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "sim/cli/options.h"
#include "tests/unit/cli/command.h"

namespace vfstock::sim::cli {
namespace {

using ::testing::HasSubstr;

std::size_t files_in(const Folder& folder) {
  const std::filesystem::directory_iterator all(folder.path());
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

/// While it lives no file grows beyond so many bytes, as on a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    before_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit_);
    const rlimit smaller{bytes, limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &smaller);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &limit_);
    std::signal(SIGXFSZ, before_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  struct rlimit limit_ {};
  void (*before_)(int) = nullptr;
};

TEST(OutputFile, ReplacesTheFileAndKeepsItsRights) {
  const Folder folder;
  const std::string file = folder.write("page.html", "old");
  chmod(file.c_str(), 0640);
  OutputFile output(file);
  output.write("new");
  EXPECT_EQ(folder.read("page.html"), "new");
  EXPECT_EQ(files_in(folder), 1U);
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms{0640});
}

TEST(OutputFile, AFullDiskLeavesTheOldOneAndSaysWhy) {
  const Folder folder;
  const std::string file = folder.write("page.html", "old");
  OutputFile output(file);
  try {
    const FullDisk disk(1000);
    output.write(std::string(5000, 'x'));
    ADD_FAILURE() << "written";
  } catch (const WriteFailure& failure) {
    EXPECT_THAT(failure.what(),
                HasSubstr("page.html: cannot be written: File too large; it is as"));
  }
  EXPECT_EQ(folder.read("page.html"), "old");
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(OutputFile, OneThatIsNotWrittenLeavesNothing) {
  const Folder folder;
  { const OutputFile output(folder.path() + "/page.html"); }
  EXPECT_EQ(files_in(folder), 0U);
}

TEST(OutputFile, IsRefusedBeforeTheWorkBegins) {
  EXPECT_THROW(OutputFile("/nowhere/page.html"), UsageError);
  const Folder folder;
  EXPECT_THROW(OutputFile{folder.path()}, UsageError);
}

TEST(OutputFile, ADeviceIsWrittenToAndStaysADevice) {
  OutputFile("/dev/null").write("gone");
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_THROW(OutputFile("/dev/full").write("x"), WriteFailure);
}

TEST(OutputFile, ALinkKeepsPointingAtWhatIsReplaced) {
  const Folder folder;
  folder.write("there/page.html", "old");
  const std::string link = folder.path() + "/link.html";
  std::filesystem::create_symlink(folder.path() + "/there/page.html", link);
  OutputFile(link).write("new");
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(folder.read("there/page.html"), "new");
}

TEST(OutputFile, OfTheVerbFailsWithTheOutsideWorld) {
  const std::string plan = std::string(VFSTOCK_PLAN_FOLDER) + "/hardware-purchase.json";
  for (const char* const option : {"--html", "--csv"}) {
    const Said said = command({"forecast", "--replicates", "2", option, "/dev/full", plan});
    EXPECT_EQ(said.status, Status::outside_failed);
    EXPECT_THAT(said.err, HasSubstr("/dev/full: cannot be written: No space left"));
    EXPECT_THAT(said.out, HasSubstr("2 runs")) << "the answer is not lost";
  }
}

}  // namespace
}  // namespace vfstock::sim::cli
