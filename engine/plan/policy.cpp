#include "engine/plan/policy.h"

namespace vfstock::plan {
namespace {

// Never sells what cannot be placed.
Policy strict() {
  Policy policy;
  policy.ipv4_cap = capacity::Ipv4Cap::nested;
  policy.server_slots = capacity::ServerSlots::enforce;
  policy.reserve_pending = true;
  return policy;
}

// The leading edge of a burst only, the first page only, no confirmation, no second try.
Policy classic() {
  Policy policy;
  policy.storage_match = capacity::StorageMatch::pool_id;
  policy.confirm_missing = false;
  policy.first_page_only = true;
  policy.forget = Forget::default_group;
  policy.trailing_refresh = false;
  policy.delete_grace = std::chrono::seconds{0};
  policy.retry_unavailable = false;
  policy.brake_percent = 0;
  policy.accept_when = AcceptWhen::first_provisioned;
  return policy;
}

}  // namespace

std::optional<Policy> preset(std::string_view name) {
  if (name == "default") return Policy{};
  if (name == "strict") return strict();
  if (name == "classic") return classic();
  return std::nullopt;
}

}  // namespace vfstock::plan
