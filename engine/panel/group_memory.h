// What is remembered of a group's last answer, so that the same bytes are not decoded twice and the
// same content keeps its columns and its revision.
//
// A memo of decoding, not of answers: each is fetched anew, only the work on equal bytes is saved.
#pragma once

#include <string_view>
#include <vector>

#include "engine/base/digest.h"
#include "engine/panel/decode.h"
#include "engine/panel/pages.h"
#include "engine/panel/panel.h"

namespace vfstock::panel {

class GroupMemory {
 public:
  /// Decodes page `number`, or gives the page remembered for the same bytes. `digest` is the
  /// body's.
  Lookup<SharedPage> page(int number, std::string_view body, const Digest& digest,
                          const DecodeRules& rules);
  /// The group made of `pages`; the revision rises exactly when the content differs from before.
  GroupResources resources(const std::vector<SharedPage>& pages);

 private:
  struct Seen {
    Digest digest;
    SharedPage page;
  };
  std::vector<Seen> seen_;           // by page number, from page 1
  std::vector<SharedPage> current_;  // what the columns were made of
  GroupResources last_;
};

}  // namespace vfstock::panel
