// A hypervisor group over several pages, and when they are one whole: never part of a group.
//
// Page 1 says how many pages there are. Each page must then agree with it and with its own place;
// in the end exactly `total` hypervisors must have come, each once. A panel may give fewer per page
// than asked for. Pure: fetching is the caller's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/bounds.h"
#include "engine/panel/decode.h"
#include "engine/panel/lookup.h"
#include "engine/panel/panel.h"

namespace vfstock::panel {

/// Hypervisors asked for per page, the most a panel gives.
inline constexpr std::int64_t hypervisors_per_page = 200;

struct PagingRules {
  int pages_max = default_bounds.pages;
  bool first_page_only = false;  // one request without a query, and what it answers is believed
  bool paging_needed = true;     // false: a body without paging fields is one complete page
  bool links_checked = true;     // `path` and page links must be those of the group
};

/// "/compute/hypervisors/groups/1/resources"
std::string resources_path(GroupId group);

using SharedPage = std::shared_ptr<const GroupPage>;

class GroupPages {
 public:
  GroupPages(GroupId group, PagingRules rules) : group_(group), rules_(rules) {}

  /// The path of page `number` (from 1).
  std::string target(int number) const;
  /// Tells what page `number` answered. Page 1 comes first, then 2 to last_page() in order.
  void add(int number, const Lookup<SharedPage>& page);
  /// The last page to ask for: 1 until page 1 was told, and when nothing more is worth asking.
  int last_page() const noexcept { return last_page_; }
  /// The pages in order. Missing or Unavailable when any page failed or they contradict each other.
  Lookup<std::vector<SharedPage>> whole() const;

 private:
  void accept(int number, const SharedPage& page);
  std::optional<Unavailable> contradiction(int number, const GroupPage& page) const;
  std::optional<Unavailable> miscount() const;
  void fail(Unavailable why);

  GroupId group_;
  PagingRules rules_;
  int last_page_ = 1;
  std::vector<SharedPage> pages_;
  std::optional<Unavailable> failure_;  // the first
  bool missing_ = false;
};

}  // namespace vfstock::panel
