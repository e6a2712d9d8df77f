// A Set for tests, made the only way there is: by a decision.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/capacity/capacity_batch.h"
#include "engine/plan/decider.h"
#include "tests/unit/panel/fake_panel.h"

namespace vfstock::catalogue {

/// The Set that a decision makes when nothing but a ceiling of `qty` limits.
inline Set set_from_decision(std::int64_t qty) {
  plan::Policy policy;
  policy.qty_ceiling = qty;
  capacity::Hypervisor boundless;
  boundless.enabled = boundless.commissioned = true;
  boundless.local_storage = capacity::StoragePool{0, true, 0, {}};
  panel::GroupResources group{1, std::make_shared<const capacity::HypervisorColumns>(
                                     std::vector<capacity::Hypervisor>{boundless})};
  panel::Package package;
  package.enabled = true;
  panel::FakePanel panel;
  panel.set(panel::PackageId{1}, panel::Lookup<panel::Package>::found(package));
  panel.set(panel::GroupId{1}, panel::Lookup<panel::GroupResources>::found(group));
  const panel::Answers answers = panel.ask({{{1}}, {{1}}}, std::chrono::seconds{1});
  plan::Terms terms;
  terms.package = panel::PackageId{1};
  terms.groups = {panel::GroupId{1}};
  capacity::CapacityBatch batch;
  plan::Decider decider(policy, batch);
  return decider.decide(terms, panel::LookupResults(answers), {}).if_set()->set;
}

}  // namespace vfstock::catalogue
