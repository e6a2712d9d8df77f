// What answers a route, by concern. Each takes a call whose caller is allowed it.
#pragma once

#include "mockpanel/api/call.h"

namespace vfstock::mockpanel::api {

// The panel itself.
Response answer_connect(const Call& call);
Response answer_status(const Call& call);
Response answer_queue_entry(const Call& call);

// Packages and templates.
Response answer_packages(const Call& call);
Response answer_package(const Call& call);
Response update_package(const Call& call);
Response delete_package(const Call& call);
Response answer_package_templates(const Call& call);
Response answer_server_templates(const Call& call);

// Hypervisors, their networks and their blocks.
Response answer_hypervisors(const Call& call);
Response answer_hypervisor(const Call& call);
Response update_hypervisor(const Call& call);
Response answer_groups(const Call& call);
Response answer_group(const Call& call);
Response answer_group_resources(const Call& call);
Response answer_networks(const Call& call);
Response answer_network(const Call& call);
Response answer_bound_blocks(const Call& call);
Response bind_block(const Call& call);
Response order_blocks(const Call& call);
Response unbind_block(const Call& call);

// IPv4 blocks.
Response answer_blocks(const Call& call);
Response answer_block(const Call& call);
Response grow_block(const Call& call);
Response answer_block_hypervisors(const Call& call);

// Servers as records.
Response answer_servers(const Call& call);
Response answer_user_servers(const Call& call);
Response answer_server(const Call& call);
Response create_server(const Call& call);
Response delete_server(const Call& call);
Response change_server_package(const Call& call);
Response change_owner(const Call& call);
Response change_backup_plan(const Call& call);
Response answer_backups(const Call& call);

// Servers as machines.
Response build_server(const Call& call);
Response suspend_server(const Call& call);
Response unsuspend_server(const Call& call);
Response modify_memory(const Call& call);
Response modify_cores(const Call& call);
Response modify_traffic(const Call& call);
Response modify_name(const Call& call);
Response modify_throttle(const Call& call);
Response power_server(const Call& call);
Response reset_server_password(const Call& call);
Response answer_vnc(const Call& call);
Response switch_vnc(const Call& call);
Response answer_traffic(const Call& call);

// Addresses of servers.
Response add_address_quantity(const Call& call);
Response add_addresses(const Call& call);
Response remove_addresses(const Call& call);

// Users, their keys and their credit.
Response answer_user(const Call& call);
Response create_user(const Call& call);
Response update_user(const Call& call);
Response delete_user(const Call& call);
Response reset_user_password(const Call& call);
Response create_login(const Call& call);
Response create_server_login(const Call& call);
Response create_ssh_key(const Call& call);
Response answer_ssh_key(const Call& call);
Response answer_user_ssh_keys(const Call& call);
Response delete_ssh_key(const Call& call);
Response answer_currencies(const Call& call);
Response add_credit(const Call& call);
Response cancel_credit(const Call& call);
Response add_hourly_group(const Call& call);
Response remove_hourly_group(const Call& call);
Response add_resource_group(const Call& call);
Response remove_resource_group(const Call& call);
Response set_hourly_pack(const Call& call);
Response set_access(const Call& call);
Response add_resource_pack(const Call& call);
Response answer_resource_pack(const Call& call);
Response update_resource_pack(const Call& call);
Response delete_resource_pack(const Call& call);

}  // namespace vfstock::mockpanel::api
