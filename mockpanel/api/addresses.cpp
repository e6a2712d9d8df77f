#include "mockpanel/api/addresses.h"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>

namespace vfstock::mockpanel::api {
namespace {

/// .0 is the network of a block that is drawn, .1 its gateway.
constexpr std::uint32_t first_host = 2;
constexpr std::uint32_t hosts_drawn = 65536 - first_host;

std::uint32_t drawn_base(std::int64_t block) {
  return (10U << 24U) | (static_cast<std::uint32_t>(block % 256) << 16U);
}

/// How many addresses the block had from the beginning.
std::int64_t drawn_count(const model::Block& block) {
  return block.ranges.empty() ? block.base_free : block.ranges.front().ordinal;
}

std::optional<std::int64_t> ordinal_of(const model::Block& block, std::uint32_t digits) {
  for (const model::Range& range : block.ranges) {
    if (digits < range.first || digits - range.first >= range.count) continue;
    return range.ordinal + (digits - range.first);
  }
  const std::uint32_t base = drawn_base(block.id) + first_host;
  if (digits < base || digits - base >= std::min<std::int64_t>(drawn_count(block), hosts_drawn)) {
    return std::nullopt;
  }
  return digits - base;
}

}  // namespace

std::optional<std::uint32_t> ipv4_number(std::string_view text) {
  std::uint32_t number = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0) {
      if (!text.starts_with('.')) return std::nullopt;
      text.remove_prefix(1);
    }
    unsigned value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const auto length = static_cast<std::size_t>(stop - text.data());
    const bool padded = length > 1 && text.front() == '0';
    if (error != std::errc() || value > 255 || padded) return std::nullopt;
    number = (number << 8U) | value;
    text.remove_prefix(length);
  }
  return text.empty() ? std::optional(number) : std::nullopt;
}

std::string ipv4_text(std::uint32_t number) {
  return fmt::format("{}.{}.{}.{}", number >> 24U, number >> 16U & 255U, number >> 8U & 255U,
                     number & 255U);
}

std::uint32_t digits_of(const model::World& world, const model::Address& address) {
  const auto block = world.blocks.find(address.block);
  if (block != world.blocks.end()) {
    for (const model::Range& range : block->second.ranges) {
      const std::int64_t offset = address.ordinal - range.ordinal;
      if (offset >= 0 && offset < range.count) {
        return range.first + static_cast<std::uint32_t>(offset);
      }
    }
  }
  const std::int64_t host = (address.ordinal + first_host) % 65536;
  return drawn_base(address.block) + static_cast<std::uint32_t>(host);
}

std::optional<model::Address> find_address(const model::World& world,
                                           const model::Hypervisor& hypervisor,
                                           std::uint32_t digits) {
  for (const std::int64_t id : hypervisor.blocks) {
    const auto block = world.blocks.find(id);
    if (block == world.blocks.end()) continue;
    if (const auto ordinal = ordinal_of(block->second, digits)) return model::Address{id, *ordinal};
  }
  return std::nullopt;
}

bool is_known(const model::World& world, std::uint32_t digits) {
  return std::any_of(world.blocks.begin(), world.blocks.end(), [&](const auto& entry) {
    return ordinal_of(entry.second, digits).has_value();
  });
}

}  // namespace vfstock::mockpanel::api
