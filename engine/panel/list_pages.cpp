#include "engine/panel/list_pages.h"

#include <fmt/format.h>

namespace vfstock::panel {
namespace {

constexpr std::int64_t rows_per_page = 200;

}  // namespace

Request ListPages::next() const {
  return {fmt::format("{}?results={}&page={}", path_, rows_per_page, taken_ + 1)};
}

std::optional<Unavailable> ListPages::take(const Paging& paging,
                                           const std::vector<std::int64_t>& ids) {
  const std::string target = next().target;
  const bool is_first = taken_ == 0;
  const bool fits = paging.current_page == taken_ + 1 && paging.last_page >= 1 &&
                    (is_first || (paging.last_page == last_ && paging.total == total_));
  if (!fits) {
    return Unavailable{Reason::inconsistent,
                       fmt::format("{} does not fit the pages before it", target)};
  }
  if (paging.last_page > pages_max_) {
    return Unavailable{Reason::too_large, fmt::format("{} pages of {}", paging.last_page, path_)};
  }
  ++taken_;
  last_ = paging.last_page;
  total_ = paging.total;
  for (const std::int64_t id : ids) {
    if (ids_.insert(id).second) continue;
    return Unavailable{Reason::inconsistent, fmt::format("{} lists {} twice", path_, id)};
  }
  const auto rows = static_cast<std::int64_t>(ids_.size());
  if (is_whole() && rows != total_) {
    return Unavailable{Reason::inconsistent,
                       fmt::format("{} of {} rows came of {}", rows, total_, path_)};
  }
  return std::nullopt;
}

}  // namespace vfstock::panel
