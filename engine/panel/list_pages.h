// A list of the panel over several pages, and when it is whole: never part of a list.
//
// Page 1 says how many pages and rows there are; each further page must agree, no record may come
// twice, and in the end as many rows must have come. Pure: fetching is the caller's.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/panel/decode.h"
#include "engine/panel/lookup.h"
#include "engine/panel/transport.h"

namespace vfstock::panel {

class ListPages {
 public:
  /// "/connectivity/ipblocks"
  ListPages(std::string path, int pages_max) : path_(std::move(path)), pages_max_(pages_max) {}

  bool is_whole() const noexcept { return taken_ > 0 && taken_ == last_; }
  /// Of the page that comes next.
  Request next() const;
  /// Takes it, with the ids of all its rows; what is wrong with it otherwise.
  std::optional<Unavailable> take(const Paging& paging, const std::vector<std::int64_t>& ids);

 private:
  std::string path_;
  int pages_max_;
  std::int64_t taken_ = 0;  // pages
  std::int64_t last_ = 1;
  std::int64_t total_ = 0;
  std::set<std::int64_t> ids_;  // of the rows taken
};

}  // namespace vfstock::panel
