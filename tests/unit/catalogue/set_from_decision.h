// A Set for tests, made the only way there is: by a decision.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/stock/decider.h"

namespace vfstock::catalogue {

/// The Set that a decision makes when nothing but a ceiling of `qty` limits.
inline Set set_from_decision(std::int64_t qty) {
  stock::Policy policy;
  policy.qty_ceiling = qty;
  capacity::Hypervisor boundless;
  boundless.enabled = boundless.commissioned = true;
  boundless.local_storage = capacity::StoragePool{0, true, 0, {}};
  panel::GroupResources group{1, std::make_shared<const capacity::HypervisorColumns>(
                                     std::vector<capacity::Hypervisor>{boundless})};
  panel::Package package;
  package.enabled = true;
  panel::Answers answers;
  answers.packages.try_emplace(
      panel::PackageId{1},
      panel::Told<panel::Package>{panel::Lookup<panel::Package>::found(package), {}});
  answers.groups.try_emplace(
      panel::GroupId{1},
      panel::Told<panel::GroupResources>{panel::Lookup<panel::GroupResources>::found(group), {}});
  stock::Terms terms;
  terms.package = panel::PackageId{1};
  terms.groups = {panel::GroupId{1}};
  capacity::CapacityBatch batch;
  return stock::Decider(policy).decide(terms, answers, {}, batch).if_set()->set;
}

}  // namespace vfstock::catalogue
