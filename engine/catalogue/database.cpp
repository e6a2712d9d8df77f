#include "engine/catalogue/database.h"

#include "engine/base/text.h"
#include "engine/catalogue/text.h"

namespace vfstock::catalogue {

const std::optional<std::string>& Row::cell(const std::string& column) const {
  for (std::size_t i = 0; i < columns_->size(); ++i) {
    if (equal_ignoring_case((*columns_)[i], column)) return cells_[i];
  }
  throw StoreError("the store's answer has no column " + column);
}

std::int64_t Row::integer(const std::string& column) const {
  const auto& stored = cell(column);
  return stored ? leading_integer(*stored) : 0;
}

}  // namespace vfstock::catalogue
