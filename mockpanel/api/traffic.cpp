// GET /servers/{id}/traffic: one period, in which the mock's machines have sent nothing.
#include "mockpanel/api/answer.h"
#include "mockpanel/api/handlers.h"
#include "mockpanel/api/traffic_period.h"

namespace vfstock::mockpanel::api {

Response answer_traffic(const Call& call) {
  const model::Server* const server = server_of(call);
  if (server == nullptr) return not_found("server");
  const TrafficPeriod period = traffic_period(server->created);
  return record(200, Json{{"monthly", Json::array({Json{{"month", 1},
                                                        {"start", period.start},
                                                        {"end", period.end},
                                                        {"rx", 0},
                                                        {"tx", 0},
                                                        {"total", 0},
                                                        {"limit", server->traffic_gb},
                                                        {"blocks", Json::array()}}})}});
}

}  // namespace vfstock::mockpanel::api
