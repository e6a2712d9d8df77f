// The writers' lock beside SQLite's own locks, which end with any descriptor of the file.
#include "engine/sqlite/kept_descriptors.h"

#include <filesystem>
#include <iterator>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/sqlite/journal_file.h"
#include "tests/unit/cli/command.h"

namespace vfstock::sqlite {
namespace {

using Open = SqliteDatabase::Open;

struct KeptDescriptors : ::testing::Test {
  sim::cli::Folder folder;
  std::string file = folder.path() + "/journal.db";

  /// Whether another process sees that SQLite has the file open here. It asks for the lock that
  /// says so, and without SQLite, which does not outlive a fork.
  bool is_seen_to_be_open() const {
    const pid_t other = ::fork();
    if (other == 0) {
      struct flock wanted {};
      wanted.l_type = F_WRLCK;
      wanted.l_whence = SEEK_SET;
      const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
      const bool asked = ::fcntl(descriptor, F_GETLK, &wanted) == 0;
      ::_exit(asked && wanted.l_type != F_UNLCK ? 0 : 1);
    }
    int status = -1;
    ::waitpid(other, &status, 0);
    return status == 0;
  }
  static auto descriptors() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                         std::filesystem::directory_iterator());
  }
};

TEST_F(KeptDescriptors, LeaveTheLocksOfOtherConnectionsAlone) {
  const auto stays = open_journal(file, Open::create);
  ASSERT_TRUE(is_seen_to_be_open());
  { EXPECT_TRUE(open_journal(file, Open::create)->lock_writers(std::chrono::seconds{0})); }
  EXPECT_TRUE(is_seen_to_be_open());
}

TEST_F(KeptDescriptors, AreOneHoweverOftenTheLockIsTriedFor) {
  const auto stays = open_journal(file, Open::create);
  const auto try_once = [&] {
    EXPECT_TRUE(open_journal(file, Open::create)->lock_writers(std::chrono::seconds{0}));
  };
  try_once();
  const auto before = descriptors();
  for (int i = 0; i < 20; ++i) try_once();
  EXPECT_EQ(descriptors(), before);
}

TEST_F(KeptDescriptors, EndWithTheLastConnection) {
  const auto before = descriptors();
  {
    const auto stays = open_journal(file, Open::create);
    open_journal(file, Open::create)->lock_writers(std::chrono::seconds{0});
  }
  EXPECT_EQ(descriptors(), before);
}

}  // namespace
}  // namespace vfstock::sqlite
