#include "sim/invariants/pages.h"

#include <algorithm>

namespace vfstock::sim::invariants {
namespace {

constexpr std::int64_t pages_max = 500;
constexpr std::int64_t per_page_max = 200;  // the most that can be asked for

std::string count_text(const char* what, std::int64_t count) {
  return what + std::to_string(count);
}

std::optional<std::string> contradiction_of_first(const PageFacts& first) {
  if (first.last > pages_max) return count_text("claims so many pages: ", first.last);
  if (first.per_page > per_page_max) {
    return count_text("has more on a page than can be asked for: ", first.per_page);
  }
  const std::int64_t expected =
      std::max<std::int64_t>(1, first.total / first.per_page + (first.total % first.per_page != 0));
  if (first.last != expected)
    return count_text("has a last_page that total disproves: ", first.last);
  return std::nullopt;
}

std::optional<std::string> contradiction_between(const PageFacts& first, const PageFacts& page,
                                                 std::int64_t number) {
  if (page.current != number) return count_text("came back as page ", page.current);
  const bool same =
      page.last == first.last && page.total == first.total && page.per_page == first.per_page;
  if (!same) return "has other paging figures than page 1";
  const bool is_last = number == first.last;
  const std::int64_t due = is_last ? first.total - (number - 1) * first.per_page : first.per_page;
  const auto count = static_cast<std::int64_t>(page.hypervisors.size());
  if (count != due)
    return count_text("lists a number of hypervisors that total disproves: ", count);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> PageSequence::add(const PageFacts& page) {
  if (pages_.empty()) {
    if (auto wrong = contradiction_of_first(page)) return wrong;
  }
  pages_.push_back(&page);
  if (auto wrong = contradiction_between(*pages_.front(), page, count())) return wrong;
  for (const HypervisorFacts& hypervisor : page.hypervisors) {
    if (seen_.insert(hypervisor.id).second) continue;
    return count_text("lists a hypervisor a second time: ", hypervisor.id);
  }
  return std::nullopt;
}

GroupFacts PageSequence::joined() const {
  GroupFacts group;
  for (const PageFacts* const page : pages_) {
    group.insert(group.end(), page->hypervisors.begin(), page->hypervisors.end());
  }
  return group;
}

}  // namespace vfstock::sim::invariants
