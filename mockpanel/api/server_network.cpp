// The network of a server record. The model deals the n-th address of a block; here it gets digits.
#include <fmt/core.h>

#include "mockpanel/api/server_parts.h"

namespace vfstock::mockpanel::api {
namespace {

/// Blocks are drawn as 10.<block>.0.0/16, which keeps up to 256 blocks apart; .0.0 is the network
/// and .0.1 the gateway.
std::string dotted(std::int64_t block, std::int64_t host) {
  return fmt::format("10.{}.{}.{}", block % 256, host / 256 % 256, host % 256);
}

Json ipv4(const model::Address& address, std::int64_t order) {
  return {{"id", address.block * 65536 + address.ordinal + 1},
          {"order", order},
          {"enabled", true},
          {"blockId", address.block},
          {"address", dotted(address.block, address.ordinal + 2)},
          {"gateway", dotted(address.block, 1)},
          {"netmask", "255.255.0.0"},
          {"resolver1", "8.8.8.8"},
          {"resolver2", "8.8.4.4"},
          {"rdns", nullptr},
          {"mac", nullptr}};
}

Json addresses(const model::Server& server) {
  Json list = Json::array();
  for (const model::Address& address : server.addresses) {
    list.push_back(ipv4(address, static_cast<std::int64_t>(list.size()) + 1));
  }
  return list;
}

std::string mac(std::int64_t server) {
  return fmt::format("00:16:3E:{:02X}:{:02X}:{:02X}", server / 65536 % 256, server / 256 % 256,
                     server % 256);
}

Json connectivity(const model::Server& server) {
  return {{"id", server.hypervisor}, {"type", "simpleBridge"}, {"bridge", "br0"},
          {"mtu", nullptr},          {"primary", true},        {"default", true}};
}

/// The fields from `id` to `outBurst`.
Json interface_head(const model::Server& server) {
  return {{"id", server.id},
          {"order", 1},
          {"enabled", true},
          {"tag", 1000000000 + server.id},
          {"name", "eth0"},
          {"type", "public"},
          {"driver", nullptr},
          {"processQueues", nullptr},
          {"mac", mac(server.id)},
          {"ipv4ToMac", nullptr},
          {"ipv6ToMac", nullptr},
          {"inTrafficCount", true},
          {"outTrafficCount", false},
          {"inAverage", server.network_speed_in},
          {"inPeak", 0},
          {"inBurst", 0},
          {"outAverage", server.network_speed_out},
          {"outPeak", 0},
          {"outBurst", 0}};
}

/// The fields from `ipFilter` to `ipv6`.
Json interface_tail(const model::Server& server) {
  return {{"ipFilter", true},
          {"vlans", Json::array()},
          {"ipFilterType", "4"},
          {"portIsolated", false},
          {"ipv4_resolver_1", 1},
          {"ipv4_resolver_2", 2},
          {"ipv6_resolver_1", 1},
          {"ipv6_resolver_2", 2},
          {"networkProfile", 0},
          {"dhcpV4", 0},
          {"dhcpV6", 0},
          {"firewallEnabled", false},
          {"hypervisorNetwork", server.hypervisor},
          {"isNat", false},
          {"nat", false},
          {"firewall", Json::array()},
          {"hypervisorConnectivity", connectivity(server)},
          {"ipWhitelist", Json::array()},
          {"actions", Json::array()},
          {"ipv4", addresses(server)},
          {"ipv6", Json::array()}};
}

}  // namespace

Json network_part(const model::Server& server) {
  Json public_interface = interface_head(server);
  public_interface.update(interface_tail(server));
  return {{"interfaces", Json::array({public_interface})}, {"secondaryInterfaces", Json::array()}};
}

}  // namespace vfstock::mockpanel::api
