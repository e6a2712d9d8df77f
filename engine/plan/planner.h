// Who makes plans for a keeper: make_plan() itself, or a memo around it (incremental/memo.h). Both
// give the same plans.
#pragma once

#include "engine/plan/make_plan.h"

namespace vfstock::plan {

class Planner {
 public:
  virtual ~Planner() = default;
  /// As questions_of(). Good until the next call.
  virtual const panel::Questions& questions(const Shop& shop, const Scope& scope) = 0;
  /// As make_plan(). Good until the next call.
  virtual const Plan& plan(const Shop& shop, const panel::LookupResults& answers,
                           const Brake& brake, const Request& request) = 0;
};

class PlainPlanner final : public Planner {
 public:
  explicit PlainPlanner(const Policy& policy) : policy_(policy) {}

  const panel::Questions& questions(const Shop& shop, const Scope& scope) override {
    return questions_ = questions_of(shop, scope, policy_);
  }
  const Plan& plan(const Shop& shop, const panel::LookupResults& answers, const Brake& brake,
                   const Request& request) override {
    return plan_ = make_plan(shop, answers, policy_, brake, request);
  }

 private:
  const Policy& policy_;
  panel::Questions questions_;
  Plan plan_;
};

}  // namespace vfstock::plan
