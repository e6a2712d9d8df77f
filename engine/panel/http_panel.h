// A Panel that asks over a Transport: routes, paging, and what each answer means.
//
// Layers, each in a file of its own: json_text.h (strict text -> document), decode.h (document ->
// Package, Hypervisor), answer.h (Answer -> what it means), pages.h (a group over several pages).
// Each answer is read anew, and each group has a revision of its own. Only address blocks are
// remembered for a while, because they take many requests; none counts for more than what a
// hypervisor bound to it sees now.
//
// A batch goes out as one fetch of all first pages and, after them, all packages, in the order of
// the questions; and one of all further pages of all groups. Where more than two packages are
// needed, the list GET /packages takes their place, and those that it does not hold are asked for
// singly in a fetch of their own. Not thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/bounds.h"
#include "engine/capacity/node_caps.h"
#include "engine/panel/answer.h"
#include "engine/panel/block_reader.h"
#include "engine/panel/decode.h"
#include "engine/panel/panel.h"

namespace vfstock::panel {

struct HttpPanelOptions {
  bool first_page_only = false;  // ask as clients without paging do, and believe the first page
  /// Look at the status alone: any 404 is Missing, a 200 without a record is an empty one; age and
  /// links are not looked at.
  bool believe_status = false;
  std::chrono::seconds oldest{120};      // an answer with a greater Age is Unavailable
  bool servers_needed = false;           // `servers` of eligible hypervisors must decode
  bool servers_count = true;             // what the panel says of them limits, where they are read
  capacity::NodeCaps node_caps = {};     // limit besides; `servers` must be read then
  int nesting = default_bounds.nesting;  // JSON depth
  int pages = default_bounds.pages;      // per group
  std::chrono::seconds retry_after_max = default_bounds.retry_after_max;
  /// Groups come with the panel's address blocks, as far as it lets them be read (block_reader.h).
  bool read_blocks = false;
  std::chrono::seconds block_ttl{600};
  /// A hypervisor in maintenance takes nothing; a list of all hypervisors is read with the groups.
  bool exclude_maintenance = false;
  bool paging_needed = true;  // false: a group without paging fields is one complete page (files)
};

class HttpPanel final : public Panel {
 public:
  HttpPanel(Transport& transport, const Clock& clock, HttpPanelOptions options);

  Answers ask(const Questions& questions, Milliseconds budget) override;
  Told<Connected> connect(Milliseconds budget) override;

 private:
  struct Reading;  // one group while its pages come in

  std::vector<Answer> fetch(const std::vector<Request>& requests, Milliseconds budget);
  Told<Package> package(PackageId id, const Request& request, const Answer& answer) const;
  ById<PackageId, Told<Package>> from_list(const std::vector<PackageId>& ids,
                                           const Request& request, const Answer& answer) const;
  void add_singly(const std::vector<PackageId>& packages, Milliseconds budget, bool left_alone,
                  Answers& answers);
  void take_page(Reading& reading, int number, const Request& request, const Answer& answer);
  bool fetch_further_pages(std::vector<Reading>& readings, Milliseconds budget, bool left_alone);
  Told<GroupResources> group(Reading& reading);
  void add_blocks(Answers& answers, Milliseconds budget);
  void leave_out_maintenance(Answers& answers, Milliseconds budget);
  Lookup<std::vector<std::int64_t>> in_maintenance(Milliseconds budget,
                                                   std::vector<Exchange>& evidence);
  DecodeRules decode_rules() const noexcept;
  Patience patience() const;

  Transport& transport_;
  const Clock& clock_;
  HttpPanelOptions options_;
  BlockReader blocks_;
  std::uint64_t revision_ = 0;  // of the group that was read last
};

}  // namespace vfstock::panel
