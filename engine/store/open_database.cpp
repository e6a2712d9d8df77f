#include "engine/store/open_database.h"

#include <filesystem>

#include "engine/store/mysql_database.h"
#include "engine/store/sqlite_database.h"

namespace vfstock::store {

std::unique_ptr<Database> open_database(const ShopAddress& address, const std::string& password,
                                        Access access) {
  const bool read_only = access == Access::read_only;
  if (address.kind == ShopAddress::Kind::mysql) {
    MysqlOptions options;
    options.address = address;
    options.password = password;
    options.read_only = read_only;
    return std::make_unique<MysqlDatabase>(options);
  }
  std::error_code error;
  if (!std::filesystem::exists(address.file, error)) {
    throw StoreError(address.file +
                     ": there is no such file; sync --trial FLEET makes a trial shop");
  }
  return std::make_unique<SqliteDatabase>(
      address.file, read_only ? SqliteDatabase::Open::read_only : SqliteDatabase::Open::read_write);
}

}  // namespace vfstock::store
