#include "sim/scenario/engine_subject.h"

#include "engine/panel/http_panel.h"
#include "engine/schedule/panel_options.h"
#include "sim/scenario/stage.h"

namespace vfstock::sim::scenario {

namespace {

class EngineSubject final : public Subject {
 public:
  EngineSubject(Stage& stage, const plan::Policy& policy, const std::string& panel_host)
      : panel_(stage.link(), stage.clock(), schedule::panel_options(policy)),
        keeper_(
            {stage.store(), panel_, stage.recorder(), stage.state(), stage.shop(), stage.clock()},
            policy, panel_host) {}

  std::optional<Instant> next_due() const override { return keeper_.next_due(); }
  void run_due() override { keeper_.run_due(); }
  void cron() override { keeper_.cron(); }
  void recalculate(bool force) override { (void)keeper_.recalculate(plan::Scope::all(), force); }
  void view_cart(catalogue::ProductId product) override { keeper_.view_cart(product); }
  void module_event(const schedule::ModuleEvent& event) override { keeper_.module_event(event); }

 private:
  panel::HttpPanel panel_;
  schedule::StockKeeper keeper_;
};

}  // namespace

std::unique_ptr<Subject> engine_subject(Stage& stage, const plan::Policy& policy,
                                        const std::string& panel_host) {
  return std::make_unique<EngineSubject>(stage, policy, panel_host);
}

}  // namespace vfstock::sim::scenario
