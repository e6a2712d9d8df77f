// A real shop open for writing, with its journal, and nobody else writing.
#pragma once

#include <memory>
#include <ostream>
#include <string>

#include "engine/catalogue/shop_log.h"
#include "engine/live/open_shop.h"
#include "engine/live/settings.h"
#include "engine/panel/answer_log.h"
#include "engine/plan/policy_fields.h"
#include "engine/sqlite/journal_file.h"
#include "engine/sqlite/state_file.h"

namespace vfstock::live {

/// Another program writes this shop.
class WritersBusy : public catalogue::StoreError {
 public:
  WritersBusy(const std::string& what, bool shares_journal)
      : StoreError(what), shares_journal_(shares_journal) {}
  /// It writes this very journal, too, so that what is remembered there is up to date.
  bool shares_journal() const noexcept { return shares_journal_; }

 private:
  bool shares_journal_;
};

class WritableShop {
 public:
  static constexpr std::chrono::seconds writers_wait{10};

  /// `answers` and `clock` must outlive it. Throws StoreError; WritersBusy while another program
  /// writes this shop, and still did after `wait`.
  WritableShop(const ShopSettings& shop, const JournalSettings& settings,
               const plan::PolicyWords& words, const std::string& panel_host,
               panel::AnswerLog& answers, const Clock& clock,
               std::chrono::seconds wait = writers_wait);

  catalogue::Database& database() { return shop_.database(); }

  sqlite::JournalFile& journal() { return journal_; }
  /// Every write is announced to the journal first.
  catalogue::ShopLog& rows() { return seen_; }
  schedule::State& state() { return state_; }

  /// Looks after what an earlier run announced and nobody knows the end of, and tells of it.
  void settle_unfinished(std::ostream& talk);

 private:
  OpenShop shop_;
  std::unique_ptr<sqlite::SqliteDatabase> journal_database_;
  sqlite::JournalledShop journalled_;
  catalogue::ShopLog seen_;
  sqlite::JournalFile journal_;
  sqlite::StateFile state_;
};

}  // namespace vfstock::live
