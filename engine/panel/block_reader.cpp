#include "engine/panel/block_reader.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <fmt/format.h>

#include "engine/panel/list_pages.h"

namespace vfstock::panel {
namespace {

Request bound_request(std::int64_t block) {
  return {fmt::format("/connectivity/ipblocks/{}/hypervisors", block)};
}

/// Whether an answer says that there is no such route, or none for us.
bool is_closed(const Answer& answer) {
  if (answer.ending != Ending::complete || answer.header("Retry-After")) return false;
  return answer.status == 403 || answer.status == 404 || answer.status == 405 ||
         answer.status == 501;
}

Unavailable unreadable_blocks(const Request& request, const Unavailable& why) {
  return {why.reason, fmt::format("unreadable answer from {}: {}", request.target, why.detail),
          why.retry_after};
}

}  // namespace

const Told<SharedBlocks>& BlockReader::read(Milliseconds budget) {
  const Instant now = clock_.now();
  if (now < until_) return told_;
  told_.evidence.clear();
  until_ = Instant::min();
  told_.lookup = read_anew(budget);
  if (told_.lookup.if_unavailable() == nullptr) until_ = now + options_.lifetime;
  return told_;
}

Lookup<SharedBlocks> BlockReader::read_anew(Milliseconds budget) {
  const Instant end = clock_.now() + budget;
  capacity::AddressBlocks blocks;
  if (auto refused = read_pages(end, blocks)) return *std::move(refused);
  std::erase_if(blocks, [](const capacity::AddressBlock& block) { return block.free <= 0; });
  if (!blocks.empty()) {
    if (auto refused = bind(blocks, 0, 1, end)) return *std::move(refused);
    if (auto refused = bind(blocks, 1, blocks.size(), end)) return *std::move(refused);
  }
  return Lookup<SharedBlocks>::found(
      std::make_shared<const KnownBlocks>(KnownBlocks{++revision_, std::move(blocks)}));
}

std::optional<Lookup<SharedBlocks>> BlockReader::read_pages(Instant end,
                                                            capacity::AddressBlocks& blocks) {
  ListPages pages("/connectivity/ipblocks", options_.pages);
  for (bool may_be_closed = true; !pages.is_whole(); may_be_closed = false) {
    const Request request = pages.next();
    const Answer answer = fetch({request}, end).front();
    if (auto refused = refusal(request, answer, may_be_closed)) return refused;
    const auto page = decode_block_page(answer.body, {options_.nesting, false, true});
    if (const Unavailable* why = page.if_unavailable()) return unreadable_blocks(request, *why);
    const BlockPage& found = *page.if_found();
    if (auto wrong = pages.take(found.paging, found.ids)) return *wrong;
    blocks.insert(blocks.end(), found.blocks.begin(), found.blocks.end());
  }
  return std::nullopt;
}

// Only of the first block may the panel have no such route.
std::optional<Lookup<SharedBlocks>> BlockReader::bind(capacity::AddressBlocks& blocks,
                                                      std::size_t first, std::size_t last,
                                                      Instant end) {
  std::vector<Request> requests;
  for (std::size_t i = first; i < last; ++i) requests.push_back(bound_request(blocks[i].id));
  if (requests.empty()) return std::nullopt;
  const std::vector<Answer> answers = fetch(requests, end);
  for (std::size_t i = first; i < last; ++i) {
    const Request& request = requests[i - first];
    const Answer& answer = answers[i - first];
    if (auto refused = refusal(request, answer, first == 0)) return refused;
    const auto bound = decode_bound_hypervisors(answer.body, {options_.nesting, false, true});
    if (const Unavailable* why = bound.if_unavailable()) return unreadable_blocks(request, *why);
    blocks[i].hypervisors = *bound.if_found();
  }
  return std::nullopt;
}

std::optional<Lookup<SharedBlocks>> BlockReader::refusal(const Request& request,
                                                         const Answer& answer,
                                                         bool may_be_closed) const {
  if (may_be_closed && is_closed(answer)) return Missing{};
  const Lookup<std::string_view> body = read_answer(request, answer, patience());
  if (body.if_found() != nullptr) return std::nullopt;
  if (const Unavailable* why = body.if_unavailable()) return *why;
  return Unavailable{Reason::inconsistent,
                     fmt::format("404 from {}, which the panel had listed", request.target)};
}

// As HttpPanel's: a transport that fails in a way nobody expected has answered nothing.
std::vector<Answer> BlockReader::fetch(const std::vector<Request>& requests, Instant end) {
  std::vector<Answer> answers(requests.size());
  const auto left = end - clock_.now();
  if (left > Milliseconds{0}) {
    try {
      auto fetched = transport_.fetch(requests, left);
      if (fetched.size() == requests.size()) answers = std::move(fetched);
    } catch (const std::exception&) {
      for (Answer& answer : answers) answer.ending = Ending::unreachable;
    }
  }
  for (std::size_t i = 0; i < requests.size(); ++i) {
    told_.evidence.push_back(exchange(requests[i], answers[i]));
  }
  return answers;
}

}  // namespace vfstock::panel
