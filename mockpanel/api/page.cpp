#include "mockpanel/api/page.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace vfstock::mockpanel::api {
namespace {

std::int64_t last_page(const PageRequest& page, std::int64_t total) {
  return std::max<std::int64_t>(1, (total + page.results - 1) / page.results);
}

void append_range(std::vector<std::int64_t>& pages, std::int64_t from, std::int64_t to) {
  for (; from <= to; ++from) pages.push_back(from);
}

constexpr std::int64_t gap = 0;  // drawn as "..."

/// The page numbers to link: all of up to 13 pages, otherwise the first two, the last two, and
/// three on each side of the current page, or the ten nearest to an end that is close.
std::vector<std::int64_t> linked_pages(std::int64_t current, std::int64_t last) {
  constexpr std::int64_t all_up_to = 13, close = 7, side = 3;
  std::vector<std::int64_t> pages;
  if (last <= all_up_to) {
    append_range(pages, 1, last);
  } else if (current <= close) {
    append_range(pages, 1, close + side);
    pages.push_back(gap);
    append_range(pages, last - 1, last);
  } else if (current > last - close) {
    append_range(pages, 1, 2);
    pages.push_back(gap);
    append_range(pages, last - (close + side - 1), last);
  } else {
    append_range(pages, 1, 2);
    pages.push_back(gap);
    append_range(pages, current - side, current + side);
    pages.push_back(gap);
    append_range(pages, last - 1, last);
  }
  return pages;
}

Json link(Json url, std::string label, bool active) {
  return {{"url", std::move(url)}, {"label", std::move(label)}, {"active", active}};
}

}  // namespace

Window window(const PageRequest& page, std::int64_t total) {
  // Dividing first: a page number near the limit of 64 bits must not overflow.
  if (page.page - 1 > total / page.results) return {total, total};
  const std::int64_t begin = std::min(total, (page.page - 1) * page.results);
  return {begin, std::min(total, begin + page.results)};
}

Json envelope(Json data, const PageRequest& page, std::int64_t total, const std::string& url,
              const std::string& kept) {
  const std::int64_t last = last_page(page, total);
  const Window shown = window(page, total);
  const bool empty = shown.begin == shown.end;
  const auto at = [&](std::int64_t number) {
    return Json(url + "?" + kept + "page=" + std::to_string(number));
  };
  const Json previous = page.page > 1 ? at(page.page - 1) : Json();
  const Json next = page.page < last ? at(page.page + 1) : Json();

  Json links = Json::array();
  links.push_back(link(previous, "&laquo; Previous", false));
  for (const std::int64_t number : linked_pages(page.page, last)) {
    links.push_back(number == gap ? link(Json(), "...", false)
                                  : link(at(number), std::to_string(number), number == page.page));
  }
  links.push_back(link(next, "Next &raquo;", false));

  Json body = Json::object();
  body["current_page"] = page.page;
  body["data"] = std::move(data);
  body["first_page_url"] = at(1);
  body["from"] = empty ? Json() : Json(shown.begin + 1);
  body["last_page"] = last;
  body["last_page_url"] = at(last);
  body["links"] = std::move(links);
  body["next_page_url"] = next;
  body["path"] = url;
  body["per_page"] = page.results;
  body["prev_page_url"] = previous;
  body["to"] = empty ? Json() : Json(shown.end);
  body["total"] = total;
  return body;
}

}  // namespace vfstock::mockpanel::api
