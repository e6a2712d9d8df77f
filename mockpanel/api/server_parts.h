// The larger parts of a full server record, one function each.
#pragma once

#include "mockpanel/api/answer.h"
#include "mockpanel/model/world.h"

namespace vfstock::mockpanel::api {

Json traffic_part(const model::Server& server);
Json settings_part(const model::Server& server);
Json cpu_part(const model::Server& server);
Json custom_xml_part();
Json media_part();
/// One public interface with the server's addresses.
Json network_part(const model::World& world, const model::Server& server);
/// The primary disk and, where there is one, the additional disk. `hypervisor` may be null.
Json storage_part(const model::Server& server, const model::Hypervisor* hypervisor);
/// An additional disk stays a pending task until the server is built.
Json tasks_part(const model::Server& server);
/// When it was built for the last time; null when it never was.
Json built_part(const model::Server& server);
/// The user that owns it, without what self service knows; null when there is none.
Json owner_part(const model::World& world, const model::Server& server);
Json ssh_keys_part(const model::World& world, const model::Server& server);

}  // namespace vfstock::mockpanel::api
