#include "engine/catalogue/database.h"

#include <algorithm>
#include <cctype>

#include "engine/catalogue/text.h"

namespace vfstock::catalogue {
namespace {

bool same_name(const std::string& one, const std::string& other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  });
}

}  // namespace

const std::optional<std::string>& Row::cell(const std::string& column) const {
  for (std::size_t i = 0; i < columns_->size(); ++i) {
    if (same_name((*columns_)[i], column)) return cells_[i];
  }
  throw StoreError("the store's answer has no column " + column);
}

std::int64_t Row::integer(const std::string& column) const {
  const auto& stored = cell(column);
  return stored ? leading_integer(*stored) : 0;
}

}  // namespace vfstock::catalogue
