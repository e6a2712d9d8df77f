#include "engine/panel/decode_lists.h"

#include <algorithm>
#include <utility>

#include "engine/panel/json_place.h"
#include "engine/panel/json_text.h"
#include "engine/panel/unreadable.h"

namespace vfstock::panel {
namespace {

constexpr std::int64_t ipv4 = 4;

template <class Read>
auto unless_unreadable(std::string_view body, const DecodeRules& rules, Read read)
    -> Lookup<decltype(read(std::declval<const JsonPlace&>()))> {
  using Value = decltype(read(std::declval<const JsonPlace&>()));
  try {
    const JsonDocument document = parse_json(body, rules.nesting);
    return Lookup<Value>::found(read(JsonPlace(document)));
  } catch (const Unreadable& unreadable) {
    return Unavailable{unreadable.reason(), unreadable.what()};
  }
}

Paging read_paging(const JsonPlace& top) {
  return {top.at("current_page").unquoted_whole(), top.at("last_page").unquoted_whole(),
          top.at("per_page").unquoted_whole(), top.at("total").unquoted_whole()};
}

BlockPage read_block_page(const JsonPlace& top) {
  BlockPage page;
  page.paging = read_paging(top);
  const JsonPlace data = top.at("data");
  for (const JsonPlace row : data.elements()) {
    const std::int64_t id = row.at("id").whole();
    page.ids.push_back(id);
    if (row.at("type").whole() != ipv4 || !row.at("enabled").flag()) continue;
    const JsonPlace addresses = row.at("ipv4");
    page.blocks.push_back({id, addresses.at("freeTotal").whole(), {}});
  }
  return page;
}

std::vector<std::int64_t> read_bound_hypervisors(const JsonPlace& top) {
  const JsonPlace data = top.at("data");
  std::vector<std::int64_t> ids;
  for (const JsonPlace row : data.elements()) {
    ids.push_back(row.at("id").whole());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

HypervisorPage read_hypervisor_page(const JsonPlace& top) {
  HypervisorPage page;
  page.paging = read_paging(top);
  const JsonPlace data = top.at("data");
  for (const JsonPlace row : data.elements()) {
    const std::int64_t id = row.at("id").whole();
    page.ids.push_back(id);
    if (row.at("maintenance").flag()) page.in_maintenance.push_back(id);
  }
  return page;
}

}  // namespace

Lookup<BlockPage> decode_block_page(std::string_view body, const DecodeRules& rules) {
  return unless_unreadable(body, rules, read_block_page);
}

Lookup<std::vector<std::int64_t>> decode_bound_hypervisors(std::string_view body,
                                                           const DecodeRules& rules) {
  return unless_unreadable(body, rules, read_bound_hypervisors);
}

Lookup<HypervisorPage> decode_hypervisor_page(std::string_view body, const DecodeRules& rules) {
  return unless_unreadable(body, rules, read_hypervisor_page);
}

}  // namespace vfstock::panel
