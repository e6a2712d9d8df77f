// The network of a server record.
#include <fmt/core.h>

#include "mockpanel/api/addresses.h"
#include "mockpanel/api/server_parts.h"

namespace vfstock::mockpanel::api {
namespace {

Json ipv4(const model::World& world, const model::Address& address, std::int64_t order) {
  const std::uint32_t digits = digits_of(world, address);
  return {{"id", address.block * 65536 + address.ordinal + 1},
          {"order", order},
          {"enabled", true},
          {"blockId", address.block},
          {"address", ipv4_text(digits)},
          {"gateway", ipv4_text((digits & 0xFFFF0000U) | 1U)},
          {"netmask", "255.255.0.0"},
          {"resolver1", "8.8.8.8"},
          {"resolver2", "8.8.4.4"},
          {"rdns", nullptr},
          {"mac", nullptr}};
}

Json addresses(const model::World& world, const model::Server& server) {
  Json list = Json::array();
  for (const model::Address& address : server.addresses) {
    list.push_back(ipv4(world, address, static_cast<std::int64_t>(list.size()) + 1));
  }
  return list;
}

/// One subnet, of a block that the mock does not list.
Json ipv6(const model::Server& server) {
  if (!server.ipv6) return Json::array();
  const std::string subnet = fmt::format("2001:db8:{:x}:{:x}::", server.hypervisor, server.id);
  return Json::array({Json{{"id", server.id},
                           {"block", {{"id", 0}, {"name", "IPv6"}}},
                           {"order", 1},
                           {"enabled", true},
                           {"addresses", Json::array()},
                           {"addressesDetailed", Json::array()},
                           {"subnet", subnet},
                           {"cidr", 64},
                           {"exhausted", false},
                           {"gateway", fmt::format("2001:db8:{:x}::1", server.hypervisor)},
                           {"resolver1", "2001:4860:4860::8888"},
                           {"resolver2", "2001:4860:4860::8844"},
                           {"routeNet", false}}});
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
Json interface_tail(const model::World& world, const model::Server& server) {
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
          {"ipv4", addresses(world, server)},
          {"ipv6", ipv6(server)}};
}

}  // namespace

Json network_part(const model::World& world, const model::Server& server) {
  Json public_interface = interface_head(server);
  public_interface.update(interface_tail(world, server));
  return {{"interfaces", Json::array({public_interface})}, {"secondaryInterfaces", Json::array()}};
}

}  // namespace vfstock::mockpanel::api
