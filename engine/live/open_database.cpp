#include "engine/live/open_database.h"

#include <filesystem>

#include "engine/base/input_file.h"
#include "engine/mariadb/mysql_database.h"
#include "engine/sqlite/sqlite_database.h"

namespace vfstock::live {

std::unique_ptr<catalogue::Database> open_database(const catalogue::ShopAddress& address,
                                                   const std::string& password, Access access) {
  const bool read_only = access == Access::read_only;
  if (address.kind == catalogue::ShopAddress::Kind::mysql) {
    mariadb::MysqlOptions options;
    options.address = address;
    options.password = password;
    options.read_only = read_only;
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
  return std::make_unique<sqlite::SqliteDatabase>(
      address.file, read_only ? sqlite::SqliteDatabase::Open::read_only
                              : sqlite::SqliteDatabase::Open::read_write);
}

}  // namespace vfstock::live
