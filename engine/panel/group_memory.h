// What is remembered of a group's last answer, so that the same bytes are not decoded twice and the
// same content keeps its columns and its revision.
//
// This is no cache: every answer is fetched anew, only the work on equal bytes is saved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/panel/decode.h"
#include "engine/panel/pages.h"
#include "engine/panel/panel.h"

namespace vfstock::panel {

class GroupMemory {
 public:
  /// Decodes page `number`, or gives the page remembered for the same bytes. `print` is the body's
  /// digest().
  Lookup<SharedPage> page(int number, std::string_view body, std::uint64_t print,
                          const DecodeRules& rules);
  /// The group made of `pages`; the revision rises exactly when the content differs from before.
  GroupResources resources(const std::vector<SharedPage>& pages);

 private:
  struct Seen {
    std::uint64_t digest = 0;
    std::size_t size = 0;
    SharedPage page;
  };
  std::vector<Seen> seen_;           // by page number, from page 1
  std::vector<SharedPage> current_;  // what the columns were made of
  GroupResources last_;
};

}  // namespace vfstock::panel
