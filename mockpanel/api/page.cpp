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

/// An ordered object that grows copies all that it holds, the whole list among it.
Json::object_t with_room_for(std::size_t fields) {
  Json::object_t object;
  object.reserve(fields);
  return object;
}

Json link(Json url, std::string label, bool active) {
  Json::object_t object = with_room_for(3);
  object.emplace_back("url", std::move(url));
  object.emplace_back("label", std::move(label));
  object.emplace_back("active", active);
  return Json(std::move(object));
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

  Json::object_t body = with_room_for(13);
  body.emplace_back("current_page", page.page);
  body.emplace_back("data", std::move(data));
  body.emplace_back("first_page_url", at(1));
  body.emplace_back("from", empty ? Json() : Json(shown.begin + 1));
  body.emplace_back("last_page", last);
  body.emplace_back("last_page_url", at(last));
  body.emplace_back("links", std::move(links));
  body.emplace_back("next_page_url", next);
  body.emplace_back("path", url);
  body.emplace_back("per_page", page.results);
  body.emplace_back("prev_page_url", previous);
  body.emplace_back("to", empty ? Json() : Json(shown.end));
  body.emplace_back("total", total);
  return Json(std::move(body));
}

}  // namespace vfstock::mockpanel::api
