#include "sim/invariants/invariant.h"

#include <utility>

namespace vfstock::sim::invariants {

void Invariant::report(Findings& findings, Time at, Verdict verdict, std::string detail) const {
  findings.violations.push_back({at, std::string(id_), verdict, std::move(detail)});
}

}  // namespace vfstock::sim::invariants
