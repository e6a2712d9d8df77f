// Reads a panel's address blocks and the hypervisors bound to them, and keeps them for a while.
//
// GET /connectivity/ipblocks (every page), then GET /connectivity/ipblocks/{id}/hypervisors of each
// enabled IPv4 block with a free address: of the first one alone, because older panels have no such
// route, and then of all others at once. What the answers amount to:
//   Found        the blocks
//   Missing      the panel does not let them be read: 403, 404, 405 or 501 of page 1 or the first
//   block Unavailable  everything else: it may be otherwise the next time
// Found and Missing are kept for their lifetime, Unavailable never is. Not thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/panel/answer.h"
#include "engine/panel/decode_lists.h"
#include "engine/panel/panel.h"

namespace vfstock::panel {

using SharedBlocks = std::shared_ptr<const KnownBlocks>;

struct BlockReaderOptions {
  std::chrono::seconds lifetime{600};
  int nesting = default_bounds.nesting;
  int pages = default_bounds.pages;
  std::chrono::seconds retry_after_max = default_bounds.retry_after_max;
  std::chrono::seconds oldest{120};  // an answer with a greater Age is Unavailable
};

class BlockReader {
 public:
  /// Both must outlive it.
  BlockReader(Transport& transport, const Clock& clock, BlockReaderOptions options)
      : transport_(transport), clock_(clock), options_(options) {}

  /// What is known, or read now within `budget`. Good until the next call.
  const Told<SharedBlocks>& read(Milliseconds budget);

 private:
  Lookup<SharedBlocks> read_anew(Milliseconds budget);
  std::vector<Answer> fetch(const std::vector<Request>& requests, Instant end);
  std::optional<Lookup<SharedBlocks>> read_pages(Instant end, capacity::AddressBlocks& blocks);
  std::optional<Lookup<SharedBlocks>> bind(capacity::AddressBlocks& blocks, std::size_t first,
                                           std::size_t last, Instant end);
  std::optional<Lookup<SharedBlocks>> refusal(const Request& request, const Answer& answer,
                                              bool may_be_closed) const;
  Patience patience() const {
    return {clock_.wall(), options_.retry_after_max, options_.oldest, options_.nesting};
  }

  Transport& transport_;
  const Clock& clock_;
  BlockReaderOptions options_;
  Told<SharedBlocks> told_{Unavailable{Reason::deadline, "never asked"}, {}};
  Instant until_ = Instant::min();
  std::uint64_t revision_ = 0;
};

}  // namespace vfstock::panel
