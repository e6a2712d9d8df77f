#include "sim/invariants/panel_lists.h"

#include <algorithm>
#include <string_view>

#include "sim/invariants/answer.h"
#include "sim/invariants/fields.h"
#include "sim/invariants/same_name.h"
#include "sim/invariants/story.h"
#include "sim/invariants/target.h"

namespace vfstock::sim::invariants {
namespace {

bool is_closed(const Exchanged& exchange) {
  if (!exchange.whole) return false;
  const bool later =
      std::any_of(exchange.headers.begin(), exchange.headers.end(),
                  [](const auto& header) { return same_name(header.first, "retry-after"); });
  return !later && (exchange.status == 403 || exchange.status == 404 || exchange.status == 405 ||
                    exchange.status == 501);
}

}  // namespace

Listed PanelLists::Blocks::state() const {
  const Listed pages = Pages::state();
  if (pages != Listed::told) return pages;
  const bool whole = std::all_of(known.begin(), known.end(), [](const auto& block) {
    return block.second.hypervisors.has_value();
  });
  return whole ? Listed::told : Listed::not_asked;
}

Listed PanelLists::blocks(Time now, std::chrono::seconds lifetime) const {
  const Listed state = blocks_.state();
  const bool is_kept = state == Listed::told || state == Listed::closed;
  return is_kept && now - blocks_.asked > lifetime ? Listed::not_asked : state;
}

std::optional<std::string> PanelLists::still_known(Time now, std::chrono::seconds lifetime) const {
  const Listed state = blocks_.state();
  if (state != Listed::told && state != Listed::closed) return std::nullopt;
  if (may_have_run_out(now, lifetime) || blocks_.is_doubtful) return std::nullopt;
  return "the address blocks were read at " + clock_text(blocks_.asked);
}

void PanelLists::begin_refresh() {
  maintenance_ = {};
  in_maintenance_.clear();
}

std::shared_ptr<const BlocksTold> PanelLists::told() const {
  if (blocks_.state() != Listed::told) return nullptr;
  if (told_ && told_->number == number_) return told_;
  auto told = std::make_shared<BlocksTold>();
  told->number = number_;
  told->truth = blocks_.truth;
  for (const auto& [id, block] : blocks_.known) {
    told->blocks.push_back({id, block.free, *block.hypervisors});
  }
  return told_ = std::move(told);
}

void PanelLists::add(const Exchanged& exchange) {
  const Target target = read_target(exchange.target);
  switch (target.about) {
    case Target::About::blocks:
      return add_page_of_blocks(exchange, target.page);
    case Target::About::bound_to_block:
      return add_bound(exchange, target.id);
    case Target::About::hypervisors:
      return add_page_of_hypervisors(exchange, target.page);
    case Target::About::package:
    case Target::About::packages:
    case Target::About::group:
    case Target::About::connection:
    case Target::About::other:
      return;
  }
}

void PanelLists::fail(const Exchanged& exchange, Pages& pages, const std::string& why) {
  pages.has_failed = true;
  story_ = exchange.target + " " + why + " at " + clock_text(exchange.answered);
}

/// False: the answer is no document.
bool PanelLists::take(const Exchanged& exchange, Pages& pages, bool may_be_closed,
                      nlohmann::json& document) {
  if (may_be_closed && is_closed(exchange)) {
    pages.is_closed = true;
    return false;
  }
  Answer answer = read_answer(exchange, oldest_);
  document = std::move(answer.document);
  pages.is_doubtful = pages.is_doubtful || answer.doubtful;
  if (answer.says == Says::document) return true;
  fail(exchange, pages, answer.story);
  return false;
}

void PanelLists::take_paging(const nlohmann::json& document, Pages& pages) {
  Fields fields;
  const auto number = [&](const char* key) {
    // Everything rests on them, so they are plain integers.
    if (!Fields::member(document, key, "").is_number()) {
      throw Malformed("/" + std::string(key) + " is no number");
    }
    return fields.whole(document, key, "");
  };
  const std::int64_t current = number("current_page"), last = number("last_page");
  const std::int64_t total = number("total");
  number("per_page");
  const bool fits = current == pages.next && last >= 1 &&
                    (pages.next == 1 || (last == pages.last && total == pages.total));
  if (!fits) throw Malformed("does not fit the pages before it");
  constexpr std::int64_t pages_max = 500;
  if (last > pages_max) throw Malformed("has more pages than are read");
  const auto& data = Fields::member(document, "data", "");
  if (!data.is_array()) throw Malformed("/data is no list");
  pages.last = last;
  pages.total = total;
  pages.rows += static_cast<std::int64_t>(data.size());
  for (const auto& row : data) {
    if (!pages.ids.insert(fields.whole(row, "id", "/data")).second) {
      throw Malformed("lists a record twice");
    }
  }
  if (pages.next == last && pages.rows != total) throw Malformed("has fewer rows than it says");
  ++pages.next;
}

void PanelLists::add_page_of_blocks(const Exchanged& exchange, std::int64_t page) {
  if (page == 1) {
    blocks_ = {};
    blocks_.asked = exchange.asked;
    ++number_;
  }
  nlohmann::json document;
  if (!take(exchange, blocks_, page == 1, document)) return;
  Fields fields;
  try {
    take_paging(document, blocks_);
    blocks_.truth = exchange.truth;
    for (const auto& row : Fields::member(document, "data", "")) {
      const std::int64_t id = fields.whole(row, "id", "/data");
      if (fields.whole(row, "type", "/data") != 4 || !fields.flag(row, "enabled", "/data"))
        continue;
      const std::int64_t free =
          fields.whole(Fields::member(row, "ipv4", "/data"), "freeTotal", "/data/ipv4");
      if (free > 0) blocks_.known[id].free = free;
    }
    blocks_.is_doubtful = blocks_.is_doubtful || fields.doubtful();
  } catch (const Malformed& malformed) {
    fail(exchange, blocks_, malformed.what());
  }
}

void PanelLists::add_bound(const Exchanged& exchange, std::int64_t block) {
  const auto known = blocks_.known.find(block);
  const bool is_first = std::exchange(blocks_.is_first, false);
  if (known == blocks_.known.end()) return;
  nlohmann::json document;
  if (!take(exchange, blocks_, is_first, document)) return;
  Fields fields;
  try {
    std::set<std::int64_t> ids;
    for (const auto& row : Fields::member(document, "data", "")) {
      ids.insert(fields.whole(row, "id", "/data"));
    }
    known->second.hypervisors = std::move(ids);
    blocks_.is_doubtful = blocks_.is_doubtful || fields.doubtful();
  } catch (const Malformed& malformed) {
    fail(exchange, blocks_, malformed.what());
  }
}

void PanelLists::add_page_of_hypervisors(const Exchanged& exchange, std::int64_t page) {
  if (page == 1) {
    maintenance_ = {};
    in_maintenance_.clear();
  }
  nlohmann::json document;
  // Every panel has that list.
  if (!take(exchange, maintenance_, false, document)) return;
  Fields fields;
  try {
    take_paging(document, maintenance_);
    for (const auto& row : Fields::member(document, "data", "")) {
      const std::int64_t id = fields.whole(row, "id", "/data");
      if (fields.flag(row, "maintenance", "/data")) in_maintenance_.insert(id);
    }
    maintenance_.is_doubtful = maintenance_.is_doubtful || fields.doubtful();
  } catch (const Malformed& malformed) {
    fail(exchange, maintenance_, malformed.what());
  }
}

}  // namespace vfstock::sim::invariants
