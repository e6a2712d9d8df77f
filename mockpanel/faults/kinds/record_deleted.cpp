#include <memory>

#include "mockpanel/faults/answering.h"
#include "mockpanel/faults/deletion.h"
#include "mockpanel/faults/kind.h"

namespace vfstock::mockpanel::faults::kinds {

extern const Kind record_deleted{
    .name = "record-deleted",
    .layer = Layer::state,
    .sentence =
        "The package, group, hypervisor or server that is asked for is gone until the rule ends.",
    .arm = [](Rule& rule,
              const model::World&) { rule.deleted = std::make_shared<DeletedRecords>(); },
    .answer =
        [](const Rule& rule, const api::Request& request, const Desk& desk) {
          if (rule.deleted) delete_record(request, desk.world, *rule.deleted);
          return desk.api.handle(request, desk.now, desk.wall);
        },
};

}  // namespace vfstock::mockpanel::faults::kinds
