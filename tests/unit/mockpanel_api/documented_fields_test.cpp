// Every route whose answer the vendor documents, with the fields and types of that documentation.
//
// One line a route: what is asked, what it answers with, and the fields of the record, in the words
// of a small grammar: "name:type", several types as "string|null", a record as "name{...}", a list
// of records as "name[...]". Types are those of JSON; "int" is a number without a fraction. A field
// that the mock lacks, has too many or has in another type fails here.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/mockpanel_api/ask.h"
#include "tests/unit/mockpanel_api/published_panel.h"

namespace vfstock::mockpanel::api {
namespace {

struct Documented {
  const char* method;
  const char* target;
  const char* body;
  int status;
  const char* fields;  // of the whole answer; "" for none
};

std::string type_of(const Json& value) {
  if (value.is_number_integer()) return "int";
  if (value.is_number()) return "number";
  if (value.is_string()) return "string";
  if (value.is_boolean()) return "bool";
  if (value.is_null()) return "null";
  return value.is_array() ? "array" : "object";
}

/// Holds a record against a description, which it reads from the front.
class Comparison {
 public:
  explicit Comparison(std::string_view description) : rest_(description) {}

  std::vector<std::string> problems;

  void record(const Json& value, const std::string& path, char end) {
    std::vector<std::string> named;
    while (!rest_.empty() && rest_.front() != end) {
      skip_blanks();
      if (rest_.empty() || rest_.front() == end) break;
      const std::string name(take_until(":{[ "));
      named.push_back(name);
      const bool there = value.is_object() && value.contains(name);
      if (!there) problems.push_back(path + "/" + name + " is missing");
      field(there ? value[name] : Json(), path + "/" + name, there);
      skip_blanks();
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    if (!value.is_object()) return;
    for (const auto& [key, unused] : value.items()) {
      if (std::find(named.begin(), named.end(), key) == named.end()) {
        problems.push_back(path + "/" + key + " is not documented");
      }
    }
  }

 private:
  void field(const Json& value, const std::string& path, bool there) {
    const char opened = rest_.empty() ? ' ' : rest_.front();
    if (opened == '{') {
      rest_.remove_prefix(1);
      record(value, path, '}');
    } else if (opened == '[') {
      rest_.remove_prefix(1);
      list(value, path);
    } else {
      rest_.remove_prefix(1);
      const std::string types = "|" + std::string(take_until(" }]")) + "|";
      const std::string found = type_of(value);
      const bool fits = types.find("|" + found + "|") != std::string::npos ||
                        (found == "int" && types.find("|number|") != std::string::npos);
      if (there && !fits) problems.push_back(path + " is " + found + ", not" + types);
    }
  }

  /// Every entry is held against the same description; a list that is documented with records has
  /// one here.
  void list(const Json& value, const std::string& path) {
    if (!value.is_array() || value.empty()) problems.push_back(path + " has no entry to compare");
    const std::string_view begin = rest_;
    const Json entries = value.is_array() && !value.empty() ? value : Json::array({Json()});
    for (std::size_t i = 0; i < entries.size(); ++i) {
      rest_ = begin;
      record(entries[i], path + "/" + std::to_string(i), ']');
    }
  }

  std::string_view take_until(std::string_view marks) {
    const std::size_t end = std::min(rest_.find_first_of(marks), rest_.size());
    const std::string_view taken = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return taken;
  }
  void skip_blanks() {
    while (rest_.starts_with(' ')) rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

#define RESOURCES                                                                            \
  "servers{units:string max:int allocated:int free:int percent:number|null} "                \
  "memory{units:string max:int allocated:int free:int percent:number|null} "                 \
  "cpuCores{units:string max:int allocated:int free:int percent:number|null} "               \
  "localStorage{enabled:int name:string storageType:int units:string max:int allocated:int " \
  "free:int percent:number|null} "
#define OTHER_STORAGE                                                                          \
  "otherStorage[id:int name:string enabled:int path:string|null units:string storageType:int " \
  "isDatastore:bool max:int allocated:int free:int percent:number|null] "
#define PAGE                                                                               \
  "current_page:int first_page_url:string from:int last_page:int last_page_url:string "    \
  "links[url:string|null label:string active:bool] next_page_url:string|null path:string " \
  "per_page:int prev_page_url:null to:int total:int "
#define GROUP                                                                          \
  "id:int name:string label:string|null description:string|null distributionType:int " \
  "enabled:bool default:bool created:string updated:string"
#define HYPERVISOR                                                                             \
  "id:int commissioned:int ip:string ipAlt:string|null hostname:string|null port:int "         \
  "sshPort:int name:string maintenance:bool enabled:bool nfType:int group{id:int name:string " \
  "description:string|null default:bool enabled:bool distributionType:int created:string "     \
  "updated:string} encryptedToken:string maxServers:int maxCpu:int maxMemory:int "             \
  "networks[id:int type:string bridge:string primary:bool default:bool created:string "        \
  "updated:string] created:string updated:string "
#define PACKAGE                                                                              \
  "id:int name:string description:string|null enabled:bool memory:int primaryStorage:int "   \
  "traffic:int cpuCores:int primaryNetworkSpeedIn:int primaryNetworkSpeedOut:int "           \
  "primaryDiskType:string backupPlanId:int primaryStorageReadBytesSec:int|null "             \
  "primaryStorageWriteBytesSec:int|null primaryStorageReadIopsSec:int|null "                 \
  "primaryStorageWriteIopsSec:int|null primaryStorageProfile:int primaryNetworkProfile:int " \
  "created:string"
#define BLOCK                                                                                    \
  "id:int type:int name:string ipv4{gateway:string|null netmask:string|null "                    \
  "resolvers{primary:string|null secondary:string|null} total:int usedTotal:int freeTotal:int} " \
  "ipv6{gateway:string|null resolvers{primary:string|null secondary:string|null} "               \
  "subnet:string|null from:int to:int restricted:array total:int generatedTotal:int "            \
  "usedTotal:int freeTotal:int freeGenerated:int blacklistedTotal:int} rdnsType:int "            \
  "rdnsZoneId:int|null networkProfile:int routeBlock:int|null dhcp:int enabled:bool "            \
  "created:string updated:string"
#define USER                                                                         \
  "id:int admin:bool extRelationId:int|null selfService:int "                        \
  "selfServiceHourlyGroupProfiles:array selfServiceResourceGroupProfiles:array "     \
  "selfServiceHourlyResourcePack:int|null name:string email:string timezone:string " \
  "suspended:bool twoFactorAuth:bool created:string updated:string "
#define OWNER                                                                                \
  "owner{id:int admin:bool extRelationId:int|null name:string email:string timezone:string " \
  "suspended:bool twoFactorAuth:bool created:string updated:string} "
#define XML_PART "{xml:string enabled:bool} "
#define IPV4_PART                                                                                \
  "ipv4[id:int order:int enabled:bool blockId:int address:string gateway:string netmask:string " \
  "resolver1:string resolver2:string rdns:string|null mac:string|null] "
#define INTERFACE                                                                       \
  "id:int order:int enabled:bool tag:int name:string type:string driver:int|null "      \
  "processQueues:int|null mac:string ipv4ToMac:string|null ipv6ToMac:string|null "      \
  "inTrafficCount:bool outTrafficCount:bool inAverage:int inPeak:int inBurst:int "      \
  "outAverage:int outPeak:int outBurst:int ipFilter:bool vlans:array "                  \
  "ipFilterType:string|null portIsolated:bool ipv4_resolver_1:int ipv4_resolver_2:int " \
  "ipv6_resolver_1:int ipv6_resolver_2:int networkProfile:int dhcpV4:int dhcpV6:int "   \
  "firewallEnabled:bool hypervisorNetwork:int isNat:bool nat:bool firewall:array "      \
  "hypervisorConnectivity{id:int type:string bridge:string mtu:int|null primary:bool "  \
  "default:bool} ipWhitelist:array actions:array " IPV4_PART " ipv6:array"
#define SERVER_HEAD                                                                      \
  "id:int ownerId:int hypervisorId:int arch:int name:string selfService:int "            \
  "selfServiceSettings:array hostname:string|null commissionStatus:int uuid:string "     \
  "state:string migratable:bool timezone:string migrateLevel:int deleteLevel:int "       \
  "configLevel:int backupLevel:int elevated:bool elevateId:int|null elevate:bool "       \
  "destroyable:bool rebuild:bool suspended:bool protected:bool buildFailed:bool "        \
  "primaryNetworkDhcp4:bool primaryNetworkDhcp6:bool built:string|null created:string "  \
  "updated:string traffic{public{countMethod:int currentPeriod{start:string end:string " \
  "limit:int}}} "
#define SETTINGS                                                                               \
  "osTemplateInstall:bool osTemplateInstallId:int encryptedPassword:string "                   \
  "backupPlan:int|null uefi:bool uefiType:int cloudInit:bool cloudInitType:int "               \
  "config:array|object userConfig:array bootOrder:array tpmType:int networkBoot:bool "         \
  "bootMenu:int customISO:int securityDriver:int memBalloon{model:int autoDeflate:int "        \
  "freePageReporting:int} hyperv{enabled:bool passthrough:bool relaxed:int vapic:int "         \
  "spinlocks:int vpindex:int runtime:int synic:int stimer:int reset:int vendorId:int "         \
  "frequencies:int reenlightenment:int tlbflush:int ipi:int evmcs:int vendorIdValue:string "   \
  "spinlocksValue:int clockEnabled:int} extended{cpuFlags{topoext:string svm:string "          \
  "vmx:string}} machineType:string pciPorts:int resources{memory:int storage:int traffic:int " \
  "cpuCores:int} "
#define SERVER_TAIL                                                                           \
  "cpu{cores:int type:string typeExact:string shares:int throttle:int "                       \
  "topology{enabled:bool sockets:int cores:int threads:int dies:int}} "                       \
  "customXML{domain" XML_PART "os" XML_PART "devices" XML_PART "features" XML_PART            \
  "clock" XML_PART "cpuTune" XML_PART                                                         \
  "} qemuCommandline:array "                                                                  \
  "qemuAgent{os{screen:string}} media{isoMounted:bool isoType:string isoName:string "         \
  "isoFilename:string isoUrl:string isoDownload:bool} backupPlan{id:int|null "                \
  "name:string|null} vnc{ip:string port:int enabled:bool} network{interfaces[" INTERFACE      \
  "] "                                                                                        \
  "secondaryInterfaces:array} storage[_id:int id:int cache:string|null bus:string|null "      \
  "capacity:int drive:string datastoreDiskId:int|null filesystem:string|null "                \
  "iops{read:int|null write:int|null} bytes{read:int|null write:int|null} type:string "       \
  "profile:int status:int enabled:bool primary:bool created:string updated:string "           \
  "datastore:array name:string filename:string hypervisorStorageId:int|null local:bool "      \
  "locationType:string path:string|null] hypervisorAssets:array hypervisor{id:int ip:string " \
  "hostname:string|null port:int maintenance:bool groupId:int group{name:string "             \
  "icon:string|null} timezone:string forceIPv6:bool vncListenType:int "                       \
  "displayName:string|null cpuSet:string|null nfType:int backupStorageType:int "              \
  "defaultDiskType:string defaultDiskCacheType:string defaultCPU:string "                     \
  "defaultMachineType:string created:string updated:string name:string dataDir:string "       \
  "resources{" RESOURCES OTHER_STORAGE "}} " OWNER
#define PENDING                                                                           \
  "pending[id:int action:string requires:array collected:bool complete:bool failed:bool " \
  "payload{disk{id:int disk_storage_id:int|null}} created:string]"
#define TASKS "sharedUsers:array tasks{active:bool lastOn:string|null actions{"
#define KEY_PART                                                                   \
  "sshKeys[id:int ownerId:int type:string name:string public:string enabled:bool " \
  "created:string] "
#define TEMPLATES                                                                   \
  "data[name:string description:string icon:string templates[id:int name:string "   \
  "version:string variant:string arch:int description:string icon:string eol:bool " \
  "eol_date:string eol_warning:bool deploy_type:int vnc:bool type:string] id:int]"
#define LOGIN                                                                               \
  "data{authentication{tokens{1:string 2:string} endpoint:string endpoint_complete:string " \
  "expiry{ttl:int expires:string}}}"
#define SSH_KEY \
  "id:int name:string publicKey:string type:string enabled:bool created:string updated:string"
#define VNC                                                                                   \
  "vnc{ip:string hostname:string|null port:int password:string wss{token:string url:string} " \
  "enabled:bool}"
#define DIMENSION "{t:int u:int f:int p:int l:bool} "

/// In an order in which each finds what it needs.
const Documented documented[] = {
    {"GET", "/packages", "", 200, "data[" PACKAGE "]"},
    {"GET", "/packages/1", "", 200, "data{" PACKAGE "}"},
    {"GET", "/compute/hypervisors", "", 200, PAGE "data[" HYPERVISOR "storage:array]"},
    {"GET", "/compute/hypervisors/1", "", 200, "data{" HYPERVISOR "}"},
    {"GET", "/compute/hypervisors/groups", "", 200, PAGE "data[" GROUP "]"},
    {"GET", "/compute/hypervisors/groups/1", "", 200, "data{" GROUP "}"},
    {"GET", "/compute/hypervisors/groups/1/resources", "", 200,
     PAGE "data[hypervisor{id:int name:string enabled:bool prohibit:bool accept:bool "
          "commissioned:bool} resources{" RESOURCES OTHER_STORAGE
          "network{total{ipv4{free:int}}}}]"},
    {"GET", "/connectivity/ipblocks", "", 200, PAGE "data[" BLOCK "]"},
    {"GET", "/connectivity/ipblocks/1", "", 200, "data{" BLOCK "}"},
    {"POST", "/connectivity/ipblocks/1/ipv4",
     R"({"type":"range","start":"192.0.2.1","end":"192.0.2.9"})", 204, ""},
    {"GET", "/media/templates/fromServerPackageSpec/1", "", 200, TEMPLATES},
    {"POST", "/users", R"({"name":"Jon Doe","email":"jon@doe.com","extRelationId":5})", 201,
     "data{" USER "password:string}"},
    {"GET", "/users/5/byExtRelation", "", 200, "data{" USER "}"},
    {"PUT", "/users/5/byExtRelation", R"({"name":"Jon"})", 201,
     "data{name:string email:string selfService:int enabled:bool}"},
    {"POST", "/users/5/byExtRelation/resetPassword", "", 201, "data{email:string password:string}"},
    {"POST", "/ssh_keys", R"({"userId":2,"name":"k","publicKey":"ssh-rsa AAAAB3 me"})", 201,
     "data{id:int name:string type:string createdAt:string}"},
    {"GET", "/ssh_keys/1", "", 200, "data{" SSH_KEY "}"},
    {"GET", "/ssh_keys/user/2", "", 200, "data[" SSH_KEY "]"},
    {"POST", "/servers",
     R"({"packageId":1,"userId":2,"hypervisorId":1,"additionalStorage1Enable":true,)"
     R"("additionalStorage1Capacity":10})",
     201,
     "data{" SERVER_HEAD "settings{" SETTINGS "} " SERVER_TAIL "sshKeys:array " TASKS PENDING
     "}}}"},
    {"POST", "/servers/1/build", R"({"operatingSystemId":1,"hostname":"a.example","sshKeys":[1]})",
     200,
     "data{" SERVER_HEAD "settings{" SETTINGS
     "decryptedPassword:string} " SERVER_TAIL KEY_PART TASKS "pending:array}}}"},
    {"GET", "/servers/1", "", 200,
     "data{" SERVER_HEAD "settings{" SETTINGS "} " SERVER_TAIL KEY_PART TASKS
     "pending:array}} remoteState:bool}"},
    {"GET", "/servers", "", 200,
     PAGE "data[id:int uuid:string name:string commissioned:int owner:int hypervisorId:int "
          "suspended:bool protected:bool updated:string created:string]"},
    {"GET", "/servers/user/2", "", 200,
     "data[id:int ownerId:int hypervisorId:int name:string hostname:string|null "
     "commissionStatus:int uuid:string state:string rebuild:bool suspended:bool protected:bool "
     "buildFailed:bool backup_level:int backup_plan:int|null os{screen:string} "
     "server_info{show:bool icon:string|null name:string|null label:string|null} "
     "vnc{expose_details:bool ip:string hostname:string|null port:int enabled:int} "
     "resources{memory:int storage:int traffic:int cpuCores:int cpu_model:string|null} "
     "network{interfaces[order:int enabled:bool tag:int name:string mac:string inAverage:int "
     "inPeak:int inBurst:int outAverage:int outPeak:int outBurst:int isNat:bool "
     "ipv4[order:int enabled:bool address:string gateway:string netmask:string resolver1:string "
     "resolver2:string] ipv6:array]} config{uefi:bool bootOrder:array} "
     "media{isoMounted:bool isoName:string}]"},
    {"GET", "/servers/1/templates", "", 200, TEMPLATES},
    {"PUT", "/servers/1/package/1", "", 200, "info:array"},
    {"PUT", "/servers/1/owner/2", "", 201, ""},
    {"PUT", "/servers/1/backups/plan/0", "", 201, ""},
    {"GET", "/backups/server/1", "", 200, "data:array"},
    {"POST", "/servers/1/suspend", "", 204, ""},
    {"POST", "/servers/1/unsuspend", "", 204, ""},
    {"PUT", "/servers/1/modify/memory", R"({"memory":2048})", 201, ""},
    {"PUT", "/servers/1/modify/cpuCores", R"({"cores":2})", 201, ""},
    {"PUT", "/servers/1/modify/traffic", R"({"traffic":5})", 201, ""},
    {"PUT", "/servers/1/modify/name", R"({"name":"web"})", 201, ""},
    {"PUT", "/servers/1/modify/cpuThrottle?sync=true", R"({"percent":5})", 201, ""},
    {"POST", "/servers/1/power/boot", "", 200, "data{queueId:int}"},
    {"POST", "/servers/1/power/shutdown", "", 200, "data{queueId:int}"},
    {"POST", "/servers/1/power/restart", "", 200, "data{queueId:int}"},
    {"POST", "/servers/1/power/poweroff", "", 200, "data{queueId:int}"},
    {"POST", "/servers/1/resetPassword", R"({"user":"root","sendMail":false})", 200,
     "data{queueId:int expectedPassword:string}"},
    {"GET", "/queue/1", "", 200,
     "data{id:int jobId:string job:string hypervisorId:int serverId:int action:string queue:string "
     "started:string updated:string finished:string failed:bool progress:int "
     "errors{exception{stringable:bool errors:array type:string|null trace:string|null "
     "message:string|null}} primaryActions[type:string dataType:string data:object created:string "
     "updated:string] subActions:array}"},
    {"GET", "/servers/1/vnc", "", 200, "data{" VNC "}"},
    {"POST", "/servers/1/vnc", R"({"action":"enable"})", 200, "data{" VNC " queueId:int|null}"},
    {"GET", "/servers/1/traffic", "", 200,
     "data{monthly[month:int start:string end:string rx:int tx:int total:int limit:int "
     "blocks:array]}"},
    {"POST", "/servers/1/ipv4Qty", R"({"interface":"primary","quantity":1})", 200, "data:array"},
    {"POST", "/servers/1/ipv4", R"({"interface":"primary","ip":["10.1.0.9"]})", 204, ""},
    {"DELETE", "/servers/1/ipv4", R"({"interface":"primary","ip":["10.1.0.9"]})", 204, ""},
    {"POST", "/users/5/authenticationTokens", "", 200, LOGIN},
    {"POST", "/users/5/serverAuthenticationTokens/1", "", 200, LOGIN},
    {"GET", "/selfService/currencies", "", 200,
     "data[id:int code:string value:string prefix:string suffix:string|null default:bool "
     "enabled:bool]"},
    {"POST", "/selfService/credit/byUserExtRelationId/5", R"({"tokens":2.5})", 201, "data{id:int}"},
    {"DELETE", "/selfService/credit/1", "", 204, ""},
    {"POST", "/selfService/hourlyGroupProfile/byUserExtRelationId/5", R"({"profileId":1})", 204,
     ""},
    {"DELETE", "/selfService/hourlyGroupProfile/1/byUserExtRelationId/5", "", 204, ""},
    {"POST", "/selfService/resourceGroupProfile/byUserExtRelationId/5", R"({"profileId":1})", 204,
     ""},
    {"DELETE", "/selfService/resourceGroupProfile/1/byUserExtRelationId/5", "", 204, ""},
    {"PUT", "/selfService/hourlyResourcePack/byUserExtRelationId/5", R"({"packId":1})", 204, ""},
    {"PUT", "/selfService/access/byUserExtRelationId/5", R"({"syncToProfiles":true})", 204, ""},
    {"POST", "/selfService/resourcePack/byUserExtRelationId/5", R"({"packId":1,"enabled":true})",
     201, "data{id:int}"},
    {"GET", "/selfService/resourcePack/1", "", 200,
     "data{type:string id:int pid:int label:string|null name:string enabled:bool "
     "limits{total_servers:int total_memory:int total_storage:int total_cpu:int total_traffic:int "
     "max_memory:int max_storage:int max_cpu:int max_traffic:int} used{servers:int memory:int "
     "storage:int cpu:int traffic:int} usage{servers" DIMENSION "memory" DIMENSION
     "storage" DIMENSION "cpu" DIMENSION "traffic" DIMENSION "}}"},
    {"PUT", "/selfService/resourcePack/1", R"({"enabled":false})", 204, ""},
    {"DELETE", "/selfService/resourcePack/1", "", 204, ""},
    {"DELETE", "/servers/1?delay=0", "", 204, ""},
    {"DELETE", "/ssh_keys/1", "", 204, ""},
    {"DELETE", "/users/5/byExtRelation", "", 204, ""},
};

/// Every hypervisor has a pool besides the default one, so that each list has an entry.
model::World panel_with_pools() {
  model::World world = published_panel();
  for (auto& [id, hypervisor] : world.hypervisors) {
    if (hypervisor.others.empty()) hypervisor.others = {pool(100 + id, "NVMe", true, 9, {})};
  }
  return world;
}

TEST(DocumentedFields, AreThoseOfEveryAnswer) {
  model::World world = panel_with_pools();
  Api api(world, {});
  for (const Documented& each : documented) {
    SCOPED_TRACE(std::string(each.method) + " " + each.target);
    const Response response = ask(api, each.method, each.target, each.body);
    EXPECT_EQ(response.status, each.status) << response.body;
    if (*each.fields == '\0') {
      EXPECT_EQ(response.body, "");
      continue;
    }
    ASSERT_FALSE(response.body.empty());
    Comparison comparison(each.fields);
    comparison.record(Json::parse(response.body), "", '\0');
    for (const std::string& problem : comparison.problems) ADD_FAILURE() << problem;
  }
}

TEST(DocumentedFields, TheComparisonFindsWhatIsMissingMistypedOrTooMuch) {
  Comparison comparison("a:int b{c:string} d[e:bool] f:null|string");
  comparison.record(Json::parse(R"({"a":"1","b":{},"d":[{"e":true},{"e":1}],"f":null,"g":0})"), "",
                    '\0');
  EXPECT_EQ(comparison.problems,
            (std::vector<std::string>{"/a is string, not|int|", "/b/c is missing",
                                      "/d/1/e is int, not|bool|", "/g is not documented"}));
}

}  // namespace
}  // namespace vfstock::mockpanel::api
