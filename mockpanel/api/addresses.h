// IPv4 addresses in digits. The model deals the n-th address of a block; here it is written out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

/// "192.0.2.1" as 0xC0000201; nullopt for anything else.
std::optional<std::uint32_t> ipv4_number(std::string_view text);
std::string ipv4_text(std::uint32_t number);

/// The digits of an address. Those that a block has had from the beginning are drawn as
/// 10.<block>.0.2 and so on, which keeps up to 256 blocks apart; those that were added to it have
/// their own.
std::uint32_t digits_of(const model::World& world, const model::Address& address);

/// The address with these digits among the blocks of a hypervisor, nullopt when none has it.
std::optional<model::Address> find_address(const model::World& world,
                                           const model::Hypervisor& hypervisor,
                                           std::uint32_t digits);

/// Whether any block has this address.
bool is_known(const model::World& world, std::uint32_t digits);

}  // namespace vfstock::mockpanel::api
