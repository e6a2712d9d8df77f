// A Panel that asks over a Transport: routes, paging, and what each answer means.
//
// Layers, each in a file of its own: json_text.h (strict text -> DOM), decode.h (DOM -> Package,
// Hypervisor), answer.h (Answer -> what it means), pages.h (a group over several pages).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>

#include "engine/panel/panel.h"

namespace vfstock::panel {

struct HttpPanelOptions {
  bool first_page_only = false;   // ask as clients without paging do, and believe the first page
  bool servers_needed = false;    // `servers` of eligible hypervisors must decode
  int nesting = 64;               // JSON depth
  int pages = 500;                // per group
  std::chrono::seconds retry_after_max{15 * 60};
};

class HttpPanel final : public Panel {
 public:
  HttpPanel(Transport& transport, const Clock& clock, HttpPanelOptions options);

  Answers ask(const Questions& questions, Milliseconds budget) override;
  Told<Connected> connect(Milliseconds budget) override;

 private:
  Transport& transport_;
  const Clock& clock_;
  HttpPanelOptions options_;
};

}  // namespace vfstock::panel
