// GET /queue/{id}
#include "mockpanel/api/answer.h"
#include "mockpanel/api/dates.h"
#include "mockpanel/api/handlers.h"
#include "mockpanel/model/uuid.h"

namespace vfstock::mockpanel::api {
namespace {

/// What the panel's own job for an action is called.
const char* job_name(const std::string& action) {
  return action == "resetPassword" ? R"(App\Jobs\Server\KVM\ResetPassword)"
                                   : R"(App\Jobs\Server\KVM\Power)";
}

Json no_errors() {
  return {{"exception",
           {{"stringable", false},
            {"errors", Json::array()},
            {"type", nullptr},
            {"trace", nullptr},
            {"message", nullptr}}}};
}

/// The one step of which the mock's jobs consist.
Json only_step(const model::QueueEntry& entry) {
  return {{"type", entry.action},
          {"dataType", "json"},
          {"data", {{"success", true}}},
          {"created", with_offset(entry.finished)},
          {"updated", with_offset(entry.finished)}};
}

}  // namespace

Response answer_queue_entry(const Call& call) {
  const auto found = call.world.queue.find(call.id);
  if (found == call.world.queue.end()) return not_found("queue item");
  const model::QueueEntry& entry = found->second;
  return record(200, Json{{"id", entry.id},
                          {"jobId", model::uuid_of(entry.id)},
                          {"job", job_name(entry.action)},
                          {"hypervisorId", entry.hypervisor},
                          {"serverId", entry.server},
                          {"action", entry.action},
                          {"queue", "hypervisor-" + std::to_string(entry.hypervisor)},
                          {"started", with_offset(entry.finished)},
                          {"updated", with_offset(entry.finished)},
                          {"finished", with_offset(entry.finished)},
                          {"failed", false},
                          {"progress", 100},
                          {"errors", no_errors()},
                          {"primaryActions", Json::array({only_step(entry)})},
                          {"subActions", Json::array()}});
}

}  // namespace vfstock::mockpanel::api
