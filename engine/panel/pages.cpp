#include "engine/panel/pages.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace vfstock::panel {
namespace {

// The number of pages that `total` hypervisors fill; an empty group still has its first page.
std::int64_t pages_filled(const Paging& paging) noexcept {
  const std::int64_t full = paging.total / paging.per_page;
  const bool rest = paging.total % paging.per_page != 0;
  return std::max<std::int64_t>(1, full + (rest ? 1 : 0));
}

// What is wrong with a page's own figures; empty when nothing.
std::string nonsense(int number, const Paging& paging) {
  if (paging.current_page != number) {
    return fmt::format("it says that it is page {}", paging.current_page);
  }
  if (paging.per_page < 1 || paging.per_page > hypervisors_per_page) {
    return fmt::format("per_page is {}", paging.per_page);
  }
  if (paging.total < 0) return fmt::format("total is {}", paging.total);
  if (paging.last_page != pages_filled(paging)) {
    return fmt::format("last_page is {}, but {} hypervisors at {} a page fill {}", paging.last_page,
                       paging.total, paging.per_page, pages_filled(paging));
  }
  return {};
}

std::string_view path_of(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

}  // namespace

std::string resources_path(GroupId group) {
  return fmt::format("/compute/hypervisors/groups/{}/resources", group.value);
}

std::string GroupPages::target(int number) const {
  std::string path = resources_path(group_);
  if (!rules_.first_page_only) {
    path += fmt::format("?results={}&page={}", hypervisors_per_page, number);
  }
  return path;
}

void GroupPages::add(int number, const Lookup<SharedPage>& page) {
  page.match([&](const SharedPage& found) { accept(number, found); },
             [&](Missing) {
               if (number == 1) {
                 missing_ = true;
               } else {
                 fail({Reason::unexpected_status,
                       fmt::format("404 from {}, although page 1 exists", target(number))});
               }
             },
             [&](const Unavailable& why) { fail(why); });
}

void GroupPages::accept(int number, const SharedPage& page) {
  if (auto why = contradiction(number, *page)) return fail(*std::move(why));
  pages_.push_back(page);
  if (number != 1 || rules_.first_page_only || !page->paging) return;
  if (page->paging->last_page > rules_.pages_max) {
    return fail({Reason::too_large, fmt::format("group {} has {} pages, more than {}", group_.value,
                                                page->paging->last_page, rules_.pages_max)});
  }
  last_page_ = static_cast<int>(page->paging->last_page);
}

std::optional<Unavailable> GroupPages::contradiction(int number, const GroupPage& page) const {
  if (rules_.links_checked) {
    for (const std::string& url : page.urls) {
      if (path_of(url).ends_with(resources_path(group_))) continue;
      return Unavailable{Reason::inconsistent,
                         fmt::format("the answer from {} is about another address than was asked "
                                     "for: it names a page that is not the group's",
                                     target(number))};
    }
  }
  if (rules_.first_page_only) return std::nullopt;
  if (!page.paging) {
    if (number == 1 && !rules_.paging_needed) return std::nullopt;
    return Unavailable{Reason::malformed, fmt::format("{} has no paging fields", target(number))};
  }
  std::string what = nonsense(number, *page.paging);
  if (what.empty() && number > 1 && !pages_.empty()) {
    Paging expected = pages_.front()->paging.value_or(Paging{});
    expected.current_page = number;
    if (*page.paging != expected) what = "its paging fields differ from those of page 1";
  }
  if (what.empty()) return std::nullopt;
  return Unavailable{Reason::inconsistent,
                     fmt::format("{} contradicts itself: {}", target(number), what)};
}

Lookup<std::vector<SharedPage>> GroupPages::whole() const {
  if (failure_) return *failure_;
  if (missing_) return Missing{};
  if (static_cast<int>(pages_.size()) != last_page_) {
    return Unavailable{Reason::inconsistent, fmt::format("group {}: {} of {} pages came",
                                                         group_.value, pages_.size(), last_page_)};
  }
  if (auto why = miscount()) return *std::move(why);
  return Lookup<std::vector<SharedPage>>::found(pages_);
}

std::optional<Unavailable> GroupPages::miscount() const {
  std::vector<std::int64_t> ids;
  for (const SharedPage& page : pages_) {
    for (const auto& hypervisor : page->hypervisors) ids.push_back(hypervisor.id);
  }
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice != ids.end()) {
    return Unavailable{Reason::inconsistent,
                       fmt::format("group {} lists hypervisor {} twice", group_.value, *twice)};
  }
  const auto& paging = pages_.front()->paging;
  const auto count = static_cast<std::int64_t>(ids.size());
  if (rules_.first_page_only || !paging || paging->total == count) return std::nullopt;
  return Unavailable{Reason::inconsistent,
                     fmt::format("group {} lists {} hypervisors, but total is {}", group_.value,
                                 count, paging->total)};
}

void GroupPages::fail(Unavailable why) {
  if (!failure_) {
    failure_ = std::move(why);
  } else if (why.retry_after) {
    // Whichever page it was, the panel wants to be left alone.
    failure_->retry_after = std::max(why.retry_after, failure_->retry_after);
  }
}

}  // namespace vfstock::panel
