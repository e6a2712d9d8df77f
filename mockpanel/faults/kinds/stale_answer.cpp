#include <memory>

#include "mockpanel/faults/answering.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

void remember(Rule& rule, const model::World& world) {
  rule.stuck_in = std::make_shared<const model::World>(world);
}

api::Response answer_from_then(const Rule& rule, const api::Request& request, const Desk& desk) {
  if (request.method != "GET" || !rule.stuck_in) {
    return desk.api.handle(request, desk.now, desk.wall);
  }
  model::World then = *rule.stuck_in;
  api::Api api(then, desk.api.options());
  return api.handle(request, desk.now, desk.wall);
}

}  // namespace

extern const Kind stale_answer{
    .name = "stale-answer",
    .layer = Layer::content,
    .sentence = "The answer of the state that the panel was in when the rule was added.",
    .lie = true,
    .arm = remember,
    .answer = answer_from_then,
};

}  // namespace vfstock::mockpanel::faults::kinds
