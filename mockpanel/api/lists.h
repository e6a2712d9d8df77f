// Paged lists: which entries a page shows, rendered one by one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "mockpanel/api/answer.h"
#include "mockpanel/api/call.h"
#include "mockpanel/api/page.h"

namespace vfstock::mockpanel::api {

/// Answers one page of `entries` (pointers or ids); `render` is called only for those that it
/// shows.
template <typename Entry, typename Render>
Response paged(const Call& call, const std::vector<Entry>& entries, Render render) {
  PageReading reading = read_page(call.request.query, call.options.strict);
  if (!reading.problems.empty()) return errors(422, reading.problems);
  reading.page.results = std::min(reading.page.results, call.world.results_max);
  const auto total = static_cast<std::int64_t>(entries.size());
  const Window shown = window(reading.page, total);
  Json data = Json::array();
  for (std::int64_t i = shown.begin; i < shown.end; ++i) {
    data.push_back(render(*entries[static_cast<std::size_t>(i)]));
  }
  return json_answer(
      200, envelope(std::move(data), reading.page, total, call.base_url + call.request.path,
                    kept_query(call.request.query)));
}

/// The values of a map as pointers, in the order of their keys.
template <typename Map>
std::vector<const typename Map::mapped_type*> pointers(const Map& map) {
  std::vector<const typename Map::mapped_type*> found;
  found.reserve(map.size());
  for (const auto& [key, value] : map) found.push_back(&value);
  return found;
}

}  // namespace vfstock::mockpanel::api
