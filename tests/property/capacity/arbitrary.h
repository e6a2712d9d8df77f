// Arbitrary fleets for properties: mostly small and realistic numbers, some at the edges of
// doubles.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "tests/unit/capacity/agreed_count.h"

namespace vfstock::capacity::test {

inline constexpr std::int64_t two_to_50 = std::int64_t{1} << 50;
inline constexpr std::int64_t two_to_53 = std::int64_t{1} << 53;

inline rc::Gen<std::int64_t> between(std::int64_t first, std::int64_t last) {
  return rc::gen::inRange<std::int64_t>(first, last + 1);
}

/// From 0 to 2^53, often where exactness is hardest.
inline rc::Gen<std::int64_t> magnitude() {
  return rc::gen::weightedOneOf<std::int64_t>({{6, between(0, 40)},
                                               {4, between(0, 600'000)},
                                               {1, between(two_to_50 - 20, two_to_50 + 20)},
                                               {1, between(two_to_53 - 20, two_to_53)},
                                               {1, between(0, two_to_53)}});
}

inline Quota any_quota() {
  const std::int64_t max = *rc::gen::weightedOneOf<std::int64_t>(
      {{1, rc::gen::just<std::int64_t>(0)}, {6, magnitude()}});
  const std::int64_t free = *rc::gen::weightedOneOf<std::int64_t>(
      {{6, between(0, max)}, {2, magnitude()}, {1, between(-50, 0)}, {1, between(-two_to_53, 0)}});
  return {max, free};
}

inline StoragePool any_pool() {
  StoragePool pool{*between(1, 3), *between(0, 3) != 0, *between(0, 2), any_quota(), {}};
  if (*between(0, 3) == 0) pool.datastore = *rc::gen::element<std::string>("rbd", "ssd");
  return pool;
}

inline std::optional<std::int64_t> any_address_figure() {
  if (*between(0, 3) == 0) return std::nullopt;
  return *rc::gen::weightedOneOf<std::int64_t>(
      {{6, between(0, 30)}, {1, between(-5, 0)}, {1, magnitude()}});
}

inline Hypervisor any_hypervisor() {
  Hypervisor row;
  row.id = *between(1, 1000);
  row.enabled = *between(0, 9) != 0;
  row.commissioned = *between(0, 9) != 0;
  row.prohibited = *between(0, 9) == 0;
  row.memory_mb = any_quota();
  row.cores = any_quota();
  if (*between(0, 3) != 0) row.servers = any_quota();
  if (*between(0, 7) != 0) row.local_storage = any_pool();
  for (std::int64_t left = *between(0, 3); left > 0; --left)
    row.other_storage.push_back(any_pool());
  row.ipv4_free = any_address_figure();
  return row;
}

using Rows = std::vector<std::vector<Hypervisor>>;

/// Up to four groups of up to eleven hypervisors; one group in four gives no address figure.
inline Rows any_rows() {
  Rows groups(static_cast<std::size_t>(*between(0, 4)));
  for (std::vector<Hypervisor>& rows : groups) {
    const bool without_figures = *between(0, 3) == 0;
    for (std::int64_t left = *between(0, 11); left > 0; --left) {
      rows.push_back(any_hypervisor());
      if (without_figures) rows.back().ipv4_free.reset();
    }
  }
  return groups;
}

inline Groups columns_of(const Rows& rows) {
  Groups groups;
  for (const std::vector<Hypervisor>& group : rows) groups.emplace_back(group);
  return groups;
}

inline rc::Gen<std::int64_t> any_need() {
  return rc::gen::weightedOneOf<std::int64_t>({{8, between(1, 12)},
                                               {3, between(1, 70'000)},
                                               {2, between(-2, 0)},
                                               {1, magnitude()},
                                               {1, between(two_to_53, INT64_MAX - 1)}});
}

inline Footprint any_footprint() {
  return {.memory_mb = *any_need(),
          .cores = *any_need(),
          .storage_gb = *any_need(),
          .storage_profile = *between(-1, 3),
          .ipv4_addresses = *between(-1, 4)};
}

inline std::string any_digits(std::int64_t longest) {
  std::string digits(static_cast<std::size_t>(*between(0, longest)), '0');
  for (char& digit : digits) digit = static_cast<char>('0' + *between(0, 9));
  return digits;
}

/// Text of a percentage below 100.
inline std::string any_percent_text() {
  const std::string whole = std::to_string(*between(0, 99));
  switch (*between(0, 3)) {
    case 0:
      return whole;
    case 1:
      return whole + "." + any_digits(3);
    case 2:
      return whole + "." + any_digits(60);
    default:
      return "0." + std::string(static_cast<std::size_t>(*between(0, 20)), '0') + any_digits(9);
  }
}

inline Rules any_rules() {
  Rules rules;
  rules.buffer = Percent::parse(any_percent_text()).value();
  rules.storage_match = *rc::gen::element(StorageMatch::storage_type,
                                          StorageMatch::storage_type_other, StorageMatch::pool_id);
  rules.ipv4_cap =
      *rc::gen::element(Ipv4Cap::group_max, Ipv4Cap::nested, Ipv4Cap::group_nested, Ipv4Cap::exact);
  rules.server_slots = *rc::gen::element(ServerSlots::ignore, ServerSlots::enforce);
  rules.shared_storage = *rc::gen::element(SharedStorage::none, SharedStorage::by_name);
  return rules;
}

}  // namespace vfstock::capacity::test
