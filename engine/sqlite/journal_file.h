// The journal in an SQLite file: every decision with its cause, the row it was made for, the
// panel's answers and the derivation; every refresh; every order accepted.
//
// Nothing is written to a shop that the journal does not know of: a write is announced and on disk
// before it is made (JournalledShop), so that what a crash left unfinished is found at the next
// start. Answers and derivations are kept compressed, each once however often it is the same. A
// decision that wrote nothing and is in all the same as the product's last one, its evidence
// included, is counted there: `times` of them since `since`, the last at `at`. What is older than
// the retention goes, a whole refresh at a time.
//
// Tables: refresh, decision, answer, bytes, intent, acceptance, trouble, state. Times are
// milliseconds of the calendar. Not thread-safe.
#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/apply/journal.h"
#include "engine/base/clock.h"
#include "engine/catalogue/forwarding_catalogue.h"
#include "engine/catalogue/shop_log.h"
#include "engine/panel/answer_log.h"
#include "engine/sqlite/sqlite_database.h"

namespace vfstock::sqlite {

/// The journal cannot be used; the message names the file, and what to do where it is damaged.
class JournalUnusable : public StoreError {
 public:
  using StoreError::StoreError;
};

/// What to do about a damaged journal, for people.
std::string remedy_of_damage(const std::filesystem::path& file);

/// Opens the file, and makes it or its tables where they are not there. Throws JournalUnusable,
/// also for a journal of a newer version.
std::unique_ptr<SqliteDatabase> open_journal(const std::filesystem::path& file,
                                             SqliteDatabase::Open how);

/// A write that was announced and of which nothing further is known.
struct Unfinished {
  WallTime at{};
  catalogue::ProductId product;
  std::int64_t old_qty = 0, new_qty = 0;
};

/// The columns of a decision that say what was decided and on what; not when.
using DecisionColumns = std::vector<std::pair<std::string_view, Value>>;

class JournalFile final : public apply::Journal {
 public:
  struct Settings {
    std::chrono::days retention{90};
    /// Under which policy and for which panel is decided: kept with each refresh as it is.
    std::string terms;
    /// What the file may hold: beyond it the oldest refreshes go, however young.
    std::int64_t bytes_max = std::int64_t{1} << 40;
  };

  /// `answers` and `shop` are what a refresh has just asked and read. All must outlive it.
  JournalFile(SqliteDatabase& database, const Clock& clock, panel::AnswerLog& answers,
              catalogue::ShopLog& shop, Settings settings);

  void refresh_begins(apply::Trigger trigger, const plan::Scope& scope) override;
  bool wants_breakdowns() const override { return true; }
  void breakdown(const capacity::Breakdown& breakdown) override;
  void record(const apply::JournalEntry& entry) override;
  void refresh_ends(const apply::RefreshReport& report) override;
  void accepted(const apply::Acceptance& acceptance) override;
  void trouble(const std::string& text) override;

  /// On disk when it returns. Throws StoreError; then the write must not be made.
  void about_to_write(catalogue::ProductId product, std::int64_t old_qty, std::int64_t new_qty);
  std::vector<Unfinished> unfinished();
  /// Closes what was unfinished, with a sentence on what was found.
  void settle_unfinished(const Unfinished& write, const std::string& found);

  /// What bound each product of the last refresh that was counted, as binding_of() says it.
  const std::map<catalogue::ProductId, std::string>& bindings() const noexcept { return bindings_; }
  /// The number of the refresh that was begun last; nullopt where it could not be journalled.
  std::optional<std::int64_t> last_refresh() const noexcept { return refresh_; }
  /// What could not be journalled, for the caller to say aloud; empty when all was.
  const std::string& failure() const noexcept { return failure_; }

 private:
  template <class Work>
  void guarded(Work work) noexcept;
  std::string worded(const std::exception& error) const;
  std::string keep(std::string_view bytes);
  void keep_answers();
  bool is_counted(const apply::JournalEntry& entry, const DecisionColumns& columns);
  void prune();
  void prune_to_size();
  void drop_unused_bytes();
  std::int64_t now() const { return clock_.wall().time_since_epoch().count(); }

  SqliteDatabase& database_;
  const Clock& clock_;
  panel::AnswerLog& answers_;
  catalogue::ShopLog& shop_;
  std::chrono::days retention_;
  std::int64_t bytes_max_;
  std::string terms_;
  std::optional<std::int64_t> refresh_;
  std::string breakdown_, binding_;  // of the decision that comes next
  std::map<catalogue::ProductId, std::string> bindings_;
  bool answers_kept_ = false;
  std::string failure_;
};

/// A Catalogue around a Catalogue that announces each write to the journal first.
class JournalledShop final : public catalogue::ForwardingCatalogue {
 public:
  JournalledShop(catalogue::Catalogue& inner, JournalFile& journal)
      : ForwardingCatalogue(inner), journal_(journal) {}
  catalogue::Written write(catalogue::ProductId product, const catalogue::Set& set,
                           std::int64_t seen_qty) override {
    journal_.about_to_write(product, seen_qty, set.qty());
    return inner().write(product, set, seen_qty);
  }

 private:
  JournalFile& journal_;
};

/// What binds a product, over its groups: "cores", "cores/ipv4", "" where nothing does.
std::string binding_of(const capacity::Breakdown& breakdown);

}  // namespace vfstock::sqlite
