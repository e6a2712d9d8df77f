#include "engine/live/open_database.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/input_file.h"
#include "engine/mariadb/mysql_database.h"
#include "engine/sqlite/sqlite_database.h"

namespace vfstock::live {

std::unique_ptr<catalogue::Database> open_database(const catalogue::ShopAddress& address,
                                                   const std::string& password, Access access,
                                                   std::chrono::milliseconds wait) {
  const bool read_only = access == Access::read_only;
  if (address.kind == catalogue::ShopAddress::Kind::mysql) {
    mariadb::MysqlOptions options;
    options.address = address;
    options.password = password;
    options.read_only = read_only;
    const auto seconds =
        std::max(std::chrono::seconds{1}, std::chrono::ceil<std::chrono::seconds>(wait));
    for (std::chrono::seconds* usual : {&options.connect, &options.answer, &options.row_lock}) {
      *usual = std::min(*usual, seconds);
    }
    return std::make_unique<mariadb::MysqlDatabase>(options);
  }
  std::error_code error;
  if (!std::filesystem::exists(address.file, error)) {
    throw catalogue::StoreError(address.file +
                                ": there is no such file; sync --trial FLEET makes a trial shop");
  }
  try {
    require_regular_file(address.file);
  } catch (const InputFileError& refused) {
    throw catalogue::StoreError(refused.what());
  }
  auto database = std::make_unique<sqlite::SqliteDatabase>(
      address.file, read_only ? sqlite::SqliteDatabase::Open::read_only
                              : sqlite::SqliteDatabase::Open::read_write);
  database->wait_at_most(std::min(wait, sqlite::SqliteDatabase::busy_wait));
  return database;
}

}  // namespace vfstock::live
