// Reading query fields as the panel does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mockpanel/api/message.h"
#include "mockpanel/api/value.h"

namespace vfstock::mockpanel::api {

/// The last value of this exact name, as PHP keeps it.
std::optional<std::string_view> query_value(const Fields& query, std::string_view name);
/// Every value of this exact name, in order.
std::vector<std::string_view> query_values(const Fields& query, std::string_view name);

/// Which page of a list is asked for.
struct PageRequest {
  std::int64_t results = 20;  // entries per page, 1 to 200
  std::int64_t page = 1;      // 1 is the first
};

/// Either a page or why not.
struct PageReading {
  PageRequest page;
  std::vector<std::string> problems;
};

/// Reads `results` (1 to 200, 20 when absent) and `page` (at least 1, 1 when absent). What is out
/// of range is a problem when `strict`, otherwise moved into range; what is no number counts as
/// absent then.
PageReading read_page(const Fields& query, bool strict);

/// "true", "1", "on", "yes" and their opposites; anything else is nullopt.
std::optional<bool> boolean(std::string_view text);

/// The query without `page`, encoded as PHP writes it, each field followed by '&': repeated names
/// keep the last value, "x[]" becomes "x%5B0%5D", "x%5B1%5D" ...
std::string kept_query(const Fields& query);

}  // namespace vfstock::mockpanel::api
