// What a rule of the house says about a place in the source tree.
#pragma once

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

namespace vfstock::tidy {

struct Finding {
  std::string file;      // from the top of the tree
  std::size_t line = 1;  // counted from 1
  std::string rule;      // short name
  std::string advice;    // what is wrong and what to do instead
};
using Findings = std::vector<Finding>;

/// "FILE:LINE: RULE: ADVICE".
inline std::string text(const Finding& finding) {
  return finding.file + ":" + std::to_string(finding.line) + ": " + finding.rule + ": " +
         finding.advice;
}

}  // namespace vfstock::tidy
