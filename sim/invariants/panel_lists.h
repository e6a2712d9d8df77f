// What the panel's lists have said last: its address blocks with the hypervisors bound to them, and
// which hypervisors are in maintenance.
//
// Blocks are kept by clients for a while, so what was read last holds until they are read again.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "sim/invariants/reading.h"
#include "sim/invariants/trace.h"

namespace vfstock::sim::invariants {

/// How a list was answered as a whole.
enum class Listed {
  not_asked,  // or not whole yet
  told,
  closed,       // the panel has no such list, or none for this client
  unavailable,  // anything else
};

class PanelLists {
 public:
  /// `oldest`: an answer that says a greater Age cannot be used.
  explicit PanelLists(std::chrono::seconds oldest) : oldest_(oldest) {}

  /// Exchanges about anything else are ignored.
  void add(const Exchanged& exchange);

  /// What was told is kept by the client for `lifetime`, and not known any more after it.
  Listed blocks(Time now, std::chrono::seconds lifetime) const;
  /// At `now` the client may have to ask anew.
  bool may_have_run_out(Time now, std::chrono::seconds lifetime) const {
    return now - blocks_.asked >= lifetime;
  }
  /// Why asking for the blocks at `now` is needless; nullopt where it is not.
  std::optional<std::string> still_known(Time now, std::chrono::seconds lifetime) const;
  /// The rules leave open what one of the answers means.
  bool doubtful() const { return blocks_.is_doubtful || maintenance_.is_doubtful; }
  /// What is in maintenance is asked in each refresh anew.
  void begin_refresh();
  /// Of the newest reading of blocks, once it is whole; null before.
  std::shared_ptr<const BlocksTold> told() const;
  Listed maintenance() const { return maintenance_.state(); }
  /// Of maintenance() told: ids.
  const std::set<std::int64_t>& in_maintenance() const { return in_maintenance_; }
  const std::string& story() const { return story_; }  // of the newest failure

 private:
  /// One reading of all pages of a list.
  struct Pages {
    std::int64_t last = 0, next = 1, total = 0, rows = 0;
    bool is_closed = false, has_failed = false, is_doubtful = false;
    std::set<std::int64_t> ids;  // of the rows so far
    Listed state() const {
      if (is_closed) return Listed::closed;
      if (has_failed) return Listed::unavailable;
      return last > 0 && next > last ? Listed::told : Listed::not_asked;
    }
  };
  struct Blocks : Pages {
    struct Block {
      std::int64_t free = 0;
      std::optional<std::set<std::int64_t>> hypervisors;
    };
    std::map<std::int64_t, Block> known;  // enabled, IPv4, with free addresses
    Time asked{};
    bool is_first = true;  // no block's hypervisors were asked about yet
    std::shared_ptr<const mockpanel::model::World> truth;
    Listed state() const;
  };

  void add_page_of_blocks(const Exchanged& exchange, std::int64_t page);
  void add_bound(const Exchanged& exchange, std::int64_t block);
  void add_page_of_hypervisors(const Exchanged& exchange, std::int64_t page);
  bool take(const Exchanged& exchange, Pages& pages, bool may_be_closed, nlohmann::json& document);
  /// Throws Malformed, also for a page that contradicts those before it.
  static void take_paging(const nlohmann::json& document, Pages& pages);
  void fail(const Exchanged& exchange, Pages& pages, const std::string& why);

  std::chrono::seconds oldest_;
  Blocks blocks_;
  Pages maintenance_;
  std::set<std::int64_t> in_maintenance_;
  std::int64_t number_ = 0;  // of readings of blocks
  mutable std::shared_ptr<const BlocksTold> told_;
  std::string story_;
};

}  // namespace vfstock::sim::invariants
