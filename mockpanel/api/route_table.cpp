// The table of routes: every one that the panel's documentation names, as far as it is known.
#include <array>

#include "mockpanel/api/handlers.h"
#include "mockpanel/api/routes.h"

namespace vfstock::mockpanel::api {
namespace {

constexpr auto compute = Scope::read_compute;
constexpr auto packages = Scope::read_packages;
constexpr auto servers = Scope::servers;
constexpr auto users = Scope::users;
constexpr auto self = Scope::self_service;
constexpr auto write_compute = Scope::write_compute;
constexpr auto write_packages = Scope::write_packages;
constexpr auto v7_1 = Release::v7_1;
constexpr std::string_view paging = " results page ";
constexpr std::string_view by = " relStr ";

constexpr std::array table{
    Route{"GET", "/connect", std::nullopt, "", answer_connect},
    Route{"GET", "/status", std::nullopt, "", answer_status, v7_1},
    Route{"GET", "/queue/{id}", servers, "", answer_queue_entry},

    Route{"GET", "/packages", packages, "", answer_packages},
    Route{"GET", "/packages/{id}", packages, "", answer_package},
    Route{"PUT", "/packages/{id}", write_packages, "", update_package, v7_1},
    Route{"DELETE", "/packages/{id}", write_packages, "", delete_package, v7_1},
    Route{"GET", "/media/templates/fromServerPackageSpec/{id}", packages, "",
          answer_package_templates},
    Route{"GET", "/media/iso/{id}", packages, "", nullptr},

    Route{"GET", "/compute/hypervisors", compute, paging, answer_hypervisors},
    Route{"GET", "/compute/hypervisors/groups", compute, paging, answer_groups},
    Route{"GET", "/compute/hypervisors/{id}", compute, "", answer_hypervisor},
    Route{"PUT", "/compute/hypervisors/{id}", write_compute, "", update_hypervisor, v7_1},
    Route{"GET", "/compute/hypervisors/groups/{id}", compute, "", answer_group},
    Route{"GET", "/compute/hypervisors/groups/{id}/resources", compute, paging,
          answer_group_resources},
    Route{"GET", "/compute/hypervisors/{id}/metrics", compute, " minutes ", nullptr, v7_1},
    Route{"GET", "/compute/hypervisors/{id}/networks", compute, "", answer_networks, v7_1},
    Route{"POST", "/compute/hypervisors/{id}/networks", write_compute, "", nullptr, v7_1},
    Route{"GET", "/compute/hypervisors/{id}/networks/{network}", compute, "", answer_network, v7_1},
    Route{"PUT", "/compute/hypervisors/{id}/networks/{network}", write_compute, "", nullptr, v7_1},
    Route{"DELETE", "/compute/hypervisors/{id}/networks/{network}", write_compute, "", nullptr,
          v7_1},
    Route{"GET", "/compute/hypervisors/{id}/ipblocks", compute, "", answer_bound_blocks, v7_1},
    Route{"POST", "/compute/hypervisors/{id}/ipblocks", write_compute, "", bind_block, v7_1},
    Route{"PUT", "/compute/hypervisors/{id}/ipblocks/order", write_compute, "", order_blocks, v7_1},
    Route{"PUT", "/compute/hypervisors/{id}/ipblocks/{block}", write_compute, "", nullptr, v7_1},
    Route{"DELETE", "/compute/hypervisors/{id}/ipblocks/{block}", write_compute, "", unbind_block,
          v7_1},

    Route{"GET", "/connectivity/ipblocks", compute, paging, answer_blocks},
    Route{"GET", "/connectivity/ipblocks/{id}", compute, "", answer_block},
    Route{"POST", "/connectivity/ipblocks", write_compute, "", nullptr, v7_1},
    Route{"PUT", "/connectivity/ipblocks/{id}", write_compute, "", nullptr, v7_1},
    Route{"DELETE", "/connectivity/ipblocks/{id}", write_compute, "", nullptr, v7_1},
    Route{"GET", "/connectivity/ipblocks/{id}/ipv4", compute, paging, nullptr, v7_1},
    Route{"POST", "/connectivity/ipblocks/{id}/ipv4", write_compute, "", grow_block},
    Route{"GET", "/connectivity/ipblocks/{id}/hypervisors", compute, "", answer_block_hypervisors,
          v7_1},
    Route{"GET", "/dns/services/{id}", compute, "", nullptr},

    Route{"GET", "/servers", servers, " type results page hypervisorId hypervisorId[] ",
          answer_servers},
    Route{"POST", "/servers", servers, " dryRun ", create_server},
    Route{"GET", "/servers/user/{id}", servers, paging, answer_user_servers},
    Route{"GET", "/servers/{id}", servers, " remoteState ", answer_server},
    Route{"DELETE", "/servers/{id}", servers, " delay ", delete_server},
    Route{"POST", "/servers/{id}/build", servers, "", build_server},
    Route{"GET", "/servers/{id}/templates", servers, "", answer_server_templates},
    Route{"PUT", "/servers/{id}/package/{package}", servers, "", change_server_package},
    Route{"PUT", "/servers/{id}/owner/{user}", servers, "", change_owner},
    Route{"PUT", "/servers/{id}/backups/plan/{plan}", servers, "", change_backup_plan},
    Route{"GET", "/backups/server/{id}", servers, "", answer_backups},
    Route{"POST", "/servers/{id}/suspend", servers, "", suspend_server},
    Route{"POST", "/servers/{id}/unsuspend", servers, "", unsuspend_server},
    Route{"PUT", "/servers/{id}/modify/memory", servers, "", modify_memory},
    Route{"PUT", "/servers/{id}/modify/cpuCores", servers, "", modify_cores},
    Route{"PUT", "/servers/{id}/modify/traffic", servers, "", modify_traffic},
    Route{"PUT", "/servers/{id}/modify/name", servers, "", modify_name},
    Route{"PUT", "/servers/{id}/modify/cpuThrottle", servers, " sync ", modify_throttle},
    Route{"POST", "/servers/{id}/power/boot", servers, "", power_server},
    Route{"POST", "/servers/{id}/power/shutdown", servers, "", power_server},
    Route{"POST", "/servers/{id}/power/restart", servers, "", power_server},
    Route{"POST", "/servers/{id}/power/poweroff", servers, "", power_server},
    Route{"POST", "/servers/{id}/resetPassword", servers, "", reset_server_password},
    Route{"GET", "/servers/{id}/vnc", servers, "", answer_vnc},
    Route{"POST", "/servers/{id}/vnc", servers, "", switch_vnc},
    Route{"GET", "/servers/{id}/traffic", servers, "", answer_traffic},
    Route{"GET", "/servers/{id}/traffic/blocks", servers, "", nullptr},
    Route{"POST", "/servers/{id}/traffic/blocks", servers, "", nullptr},
    Route{"DELETE", "/servers/{id}/traffic/blocks/{block}", servers, "", nullptr},
    Route{"POST", "/servers/{id}/ipv4Qty", servers, "", add_address_quantity},
    Route{"POST", "/servers/{id}/ipv4", servers, "", add_addresses},
    Route{"DELETE", "/servers/{id}/ipv4", servers, "", remove_addresses},
    Route{"POST", "/servers/{id}/networkWhitelist", servers, "", nullptr},
    Route{"DELETE", "/servers/{id}/networkWhitelist", servers, "", nullptr},
    Route{"GET", "/servers/{id}/firewall/{interface}", servers, " sync ", nullptr},
    Route{"POST", "/servers/{id}/firewall/{interface}/enable", servers, " sync ", nullptr},
    Route{"POST", "/servers/{id}/firewall/{interface}/disable", servers, " sync ", nullptr},
    Route{"POST", "/servers/{id}/firewall/{interface}/rules", servers, " sync ", nullptr},
    Route{"POST", "/servers/{id}/customXML", servers, "", nullptr},

    Route{"POST", "/users", users, "", create_user},
    Route{"GET", "/users/{id}/byExtRelation", users, by, answer_user},
    Route{"PUT", "/users/{id}/byExtRelation", users, by, update_user},
    Route{"DELETE", "/users/{id}/byExtRelation", users, by, delete_user},
    Route{"POST", "/users/{id}/byExtRelation/resetPassword", users, by, reset_user_password},
    Route{"POST", "/users/{id}/authenticationTokens", users, by, create_login},
    Route{"POST", "/users/{id}/serverAuthenticationTokens/{server}", users, by,
          create_server_login},
    Route{"POST", "/ssh_keys", users, "", create_ssh_key},
    Route{"GET", "/ssh_keys/user/{id}", users, "", answer_user_ssh_keys},
    Route{"GET", "/ssh_keys/{id}", users, "", answer_ssh_key},
    Route{"DELETE", "/ssh_keys/{id}", users, "", delete_ssh_key},

    Route{"GET", "/selfService/currencies", self, "", answer_currencies},
    Route{"POST", "/selfService/credit/byUserExtRelationId/{id}", self, by, add_credit},
    Route{"DELETE", "/selfService/credit/{id}", self, "", cancel_credit},
    Route{"POST", "/selfService/hourlyGroupProfile/byUserExtRelationId/{id}", self, by,
          add_hourly_group},
    Route{"DELETE", "/selfService/hourlyGroupProfile/{profile}/byUserExtRelationId/{id}", self, by,
          remove_hourly_group},
    Route{"POST", "/selfService/resourceGroupProfile/byUserExtRelationId/{id}", self, by,
          add_resource_group},
    Route{"DELETE", "/selfService/resourceGroupProfile/{profile}/byUserExtRelationId/{id}", self,
          by, remove_resource_group},
    Route{"PUT", "/selfService/hourlyResourcePack/byUserExtRelationId/{id}", self, by,
          set_hourly_pack},
    Route{"PUT", "/selfService/access/byUserExtRelationId/{id}", self, by, set_access},
    Route{"POST", "/selfService/resourcePack/byUserExtRelationId/{id}", self, by,
          add_resource_pack},
    Route{"GET", "/selfService/resourcePack/{id}", self, " withServers ", answer_resource_pack},
    Route{"PUT", "/selfService/resourcePack/{id}", self, "", update_resource_pack},
    Route{"DELETE", "/selfService/resourcePack/{id}", self, " disable ", delete_resource_pack},
    Route{"DELETE", "/selfService/resourcePackServers/{id}", self, " delay ", nullptr},
    Route{"POST", "/selfService/resourcePackServers/{id}/suspend", self, "", nullptr},
    Route{"POST", "/selfService/resourcePackServers/{id}/unsuspend", self, "", nullptr},
    Route{"GET", "/selfService/usage/byUserExtRelationId/{id}", self, " period[] range relStr ",
          nullptr},
    Route{"GET", "/selfService/hourlyStats/byUserExtRelationId/{id}", self,
          " period[] range relStr ", nullptr},
    Route{"GET", "/selfService/report/byUserExtRelationId/{id}", self, " period currency relStr ",
          nullptr},
};

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace vfstock::mockpanel::api
