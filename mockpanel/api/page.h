// The paging envelope of lists, as Laravel's length-aware paginator writes it.
#pragma once

#include <cstdint>
#include <string>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/query.h"

namespace vfstock::mockpanel::api {

/// The entries [begin, end) of `total` that this page shows; empty past the last page.
struct Window {
  std::int64_t begin = 0, end = 0;
};
Window window(const PageRequest& page, std::int64_t total);

/// The whole body around `data`. `url` is the list's absolute URL without query, `kept` the other
/// query fields as kept_query() writes them.
Json envelope(Json data, const PageRequest& page, std::int64_t total, const std::string& url,
              const std::string& kept);

}  // namespace vfstock::mockpanel::api
