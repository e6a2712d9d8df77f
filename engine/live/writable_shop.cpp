#include "engine/live/writable_shop.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/live/open_database.h"
#include "engine/sqlite/seen_json.h"

namespace vfstock::live {

namespace {

std::string terms_text(const plan::PolicyWords& words, const std::string& panel_host) {
  return sqlite::dump({{"policy", words}, {"panel_host", panel_host}});
}

}  // namespace

// The journal keeps what was read of the shop, and the shop announces its writes to the journal:
// each holds a reference to the other, and uses it only once both are there.
WritableShop::WritableShop(const ShopSettings& shop, const JournalSettings& settings,
                           const plan::PolicyWords& words, const std::string& panel_host,
                           panel::AnswerLog& answers, const Clock& clock, std::chrono::seconds wait)
    : shop_(shop, plan::policy_from(words).location_option, Access::read_write),
      journal_database_(sqlite::open_journal(settings.file, sqlite::SqliteDatabase::Open::create)),
      journalled_(shop_.rows(), journal_),
      seen_(journalled_),
      journal_(*journal_database_, clock, answers, seen_,
               {settings.retention, terms_text(words, panel_host), settings.bytes_max}),
      state_(*journal_database_) {
  const auto patience = std::min(wait, std::chrono::ceil<std::chrono::seconds>(shop.store_wait));
  const bool shop_is_ours = shop_.database().lock_writers(patience);
  const bool journal_is_ours = journal_database_->lock_writers(patience);
  if (shop_is_ours && journal_is_ours) return;
  throw WritersBusy(fmt::format("{}: another vfstock is writing this shop; nothing was done",
                                shop_.database().name()),
                    !journal_is_ours);
}

void WritableShop::settle_unfinished(std::ostream& talk) {
  for (const sqlite::Unfinished& write : journal_.unfinished()) {
    const auto row = shop_.rows().product(write.product);
    const std::string now = row ? fmt::format("holds {}", row->qty) : "is gone";
    const std::string found = fmt::format(
        "an earlier run was cut off while it wrote product {} from {} to {}; the row now {}",
        write.product.value, write.old_qty, write.new_qty, now);
    journal_.settle_unfinished(write, found);
    talk << found << "\n";
  }
}

}  // namespace vfstock::live
