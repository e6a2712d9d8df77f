// The settings, processor and medium of a server record: an ordinary KVM server.
#include "mockpanel/api/server_parts.h"
#include "mockpanel/api/traffic_period.h"

namespace vfstock::mockpanel::api {
namespace {

Json hyperv() {
  Json part{{"enabled", false}, {"passthrough", false}};
  for (const char* feature :
       {"relaxed", "vapic", "spinlocks", "vpindex", "runtime", "synic", "stimer", "reset",
        "vendorId", "frequencies", "reenlightenment", "tlbflush", "ipi", "evmcs"}) {
    part[feature] = 0;
  }
  part["vendorIdValue"] = "KVM VM";
  part["spinlocksValue"] = 8191;
  part["clockEnabled"] = 0;
  return part;
}

Json asked_resources(const model::Server& server) {
  return {{"memory", server.memory_mb},
          {"storage", server.storage_gb},
          {"traffic", server.traffic_gb},
          {"cpuCores", server.cores}};
}

}  // namespace

Json traffic_part(const model::Server& server) {
  const TrafficPeriod period = traffic_period(server.created);
  const Json current{{"start", period.start}, {"end", period.end}, {"limit", server.traffic_gb}};
  return {{"public", {{"countMethod", 1}, {"currentPeriod", current}}}};
}

Json settings_part(const model::Server& server) {
  return {{"osTemplateInstall", true},
          {"osTemplateInstallId", server.os_template},
          // Present, because the real panel sends it: clients must keep it out of their logs.
          {"encryptedPassword", "made-up-password-of-server-" + std::to_string(server.id)},
          {"backupPlan", nullptr},
          {"uefi", false},
          {"uefiType", 0},
          {"cloudInit", true},
          {"cloudInitType", 1},
          {"config", Json::array()},
          {"userConfig", Json::array()},
          {"bootOrder", Json::array({"hd", "cdrom"})},
          {"tpmType", 0},
          {"networkBoot", false},
          {"bootMenu", 1},
          {"customISO", 1},
          {"securityDriver", 3},
          {"memBalloon", {{"model", 1}, {"autoDeflate", 0}, {"freePageReporting", 0}}},
          {"hyperv", hyperv()},
          {"extended", {{"cpuFlags", {{"topoext", "1"}, {"svm", "1"}, {"vmx", "1"}}}}},
          {"machineType", "inherit"},
          {"pciPorts", 16},
          {"resources", asked_resources(server)}};
}

Json cpu_part(const model::Server& server) {
  return {
      {"cores", server.cores},
      {"type", "inherit"},
      {"typeExact", "host-model"},
      {"shares", 1024},
      {"throttle", server.cpu_throttle},
      {"topology",
       {{"enabled", false}, {"sockets", 1}, {"cores", server.cores}, {"threads", 1}, {"dies", 1}}}};
}

Json custom_xml_part() {
  Json part = Json::object();
  for (const char* section : {"domain", "os", "devices", "features", "clock", "cpuTune"}) {
    part[section] = {{"xml", ""}, {"enabled", false}};
  }
  return part;
}

Json media_part() {
  return {{"isoMounted", false}, {"isoType", "local"}, {"isoName", ""},
          {"isoFilename", ""},   {"isoUrl", ""},       {"isoDownload", false}};
}

}  // namespace vfstock::mockpanel::api
