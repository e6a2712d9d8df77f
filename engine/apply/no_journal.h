// A journal for whoever looks without leaving a trace.
#pragma once

#include "engine/apply/journal.h"

namespace vfstock::apply {

class NoJournal final : public Journal {
 public:
  void refresh_begins(Trigger, const plan::Scope&) override {}
  bool wants_entries() const override { return false; }
  void record(const JournalEntry&) override {}
  void refresh_ends(const RefreshReport&) override {}
  void accepted(const Acceptance&) override {}
  void trouble(const std::string&) override {}
};

}  // namespace vfstock::apply
