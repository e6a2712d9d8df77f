// A shop in one SQLite file, for trying things out: WHMCS's tables as far as they are read.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/catalogue/product.h"
#include "engine/sqlite/sqlite_database.h"

namespace vfstock::sqlite {

struct TrialShop {
  std::vector<catalogue::Product> products;
  std::map<catalogue::ProductId, std::vector<catalogue::OptionValue>> options;
  std::map<std::int64_t, std::vector<std::string>> server_groups;  // id -> VirtFusion host names
};

/// Makes the file with these rows. Throws StoreError, also when the file exists: a shop is never
/// written over.
void create_trial_shop(const std::filesystem::path& file, const TrialShop& shop);

}  // namespace vfstock::sqlite
