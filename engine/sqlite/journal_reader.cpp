#include "engine/sqlite/journal_reader.h"

#include <algorithm>

#include "engine/sqlite/compressed.h"
#include "engine/sqlite/wall_time.h"

namespace vfstock::sqlite {
namespace {

using nlohmann::json;

std::string decision_columns(SqliteDatabase& journal) {
  return std::string("SELECT ") +
         (counts_decisions(journal)
              ? "d.times AS times, d.since AS since, d.since_refresh AS since_refresh, "
              : "1 AS times, d.at AS since, d.refresh AS since_refresh, ") +
         "d.id AS id, d.at AS at, r.cause AS refresh_cause, d.product AS product, "
         "d.name AS name, d.decision AS decision, d.wanted AS wanted, d.cause AS cause, d.why AS "
         "why, "
         "d.outcome AS outcome, d.old_qty AS old_qty, d.new_qty AS new_qty, d.binding AS binding, "
         "d.seen AS seen, d.refresh AS refresh FROM decision d JOIN refresh r ON r.id = d.refresh ";
}

WallTime time_of(const Row& row, const std::string& column) {
  return wall_time_of(row.integer(column));
}

/// Text that the journal wrote itself; if it cannot be read, the file was damaged.
template <class Read>
auto reading(Read read) {
  try {
    return read();
  } catch (const json::exception& error) {
    throw StoreError(std::string("the journal is damaged: ") + error.what());
  } catch (const std::logic_error& error) {
    throw StoreError(std::string("the journal is damaged: ") + error.what());
  }
}

KeptDecision decision_from(const Row& row) {
  KeptDecision decision;
  decision.id = row.integer("id");
  decision.refresh = row.integer("refresh");
  decision.at = time_of(row, "at");
  decision.times = row.integer("times");
  decision.since = time_of(row, "since");
  decision.since_refresh = row.integer("since_refresh");
  decision.trigger = row.text("refresh_cause");
  decision.product = catalogue::ProductId{row.integer("product")};
  decision.name = row.text("name");
  decision.is_set = row.text("decision") == "set";
  if (decision.is_set) decision.wanted = row.integer("wanted");
  decision.cause = row.text("cause");
  decision.why = row.text("why");
  decision.outcome = row.text("outcome");
  decision.old_qty = row.integer("old_qty");
  decision.new_qty = row.integer("new_qty");
  decision.binding = row.text("binding");
  decision.seen = reading([&] { return seen_from(json::parse(row.text("seen"))); });
  return decision;
}

/// The bytes that the journal keeps under `digest`; `what` they are, for people.
std::string kept_bytes(SqliteDatabase& journal, const std::string& digest, const char* what) {
  const auto kept = journal.query("SELECT kept FROM bytes WHERE digest = ?", {digest});
  if (kept.empty()) {
    throw StoreError(std::string("the journal is damaged: the bytes of ") + what + " are missing");
  }
  return decompressed(kept.front().text("kept"));
}

panel::Answer answer_from(SqliteDatabase& journal, const Row& row) {
  panel::Answer answer;
  answer.ending = ending_from(row.text("ending")).value_or(panel::Ending::not_sent);
  answer.status = static_cast<int>(row.integer("status"));
  answer.detail = row.text("detail");
  for (const json& header : reading([&] { return json::parse(row.text("headers")); })) {
    answer.headers.push_back({header.at(0).get<std::string>(), header.at(1).get<std::string>()});
  }
  answer.body = kept_bytes(journal, row.text("body"), "an answer");
  return answer;
}

/// A decision that was made several times is one of each refresh that made it.
void add_decisions(SqliteDatabase& journal, KeptRefresh& refresh) {
  const std::string made_by = counts_decisions(journal)
                                  ? "WHERE d.since_refresh <= ? AND d.refresh >= ?"
                                  : "WHERE d.refresh = ? AND d.refresh = ?";
  for (const Row& row :
       journal.query(decision_columns(journal) + made_by + " ORDER BY d.product, d.id",
                     {refresh.id, refresh.id})) {
    KeptDecision decision = decision_from(row);
    const bool is_of_scope =
        refresh.only.empty() || std::find(refresh.only.begin(), refresh.only.end(),
                                          decision.product.value) != refresh.only.end();
    const bool is_known =
        decision.refresh == refresh.id || (is_of_scope && refresh.store_failure.empty());
    if (is_known) refresh.decisions.push_back(std::move(decision));
  }
}

KeptRefresh refresh_from(SqliteDatabase& journal, const Row& row) {
  KeptRefresh refresh;
  refresh.id = row.integer("id");
  refresh.began = time_of(row, "began");
  refresh.trigger = row.text("cause");
  refresh.terms = row.text("terms");
  refresh.store_failure = row.text("store_failure");
  reading([&] {
    refresh.only = json::parse(row.text("products")).get<std::vector<std::int64_t>>();
    if (!row.is_null("hosts")) refresh.hosts = hosts_from(json::parse(row.text("hosts")));
    const std::string pending = row.text("pending");
    if (!pending.empty()) {
      refresh.pending = pending_from(json::parse(kept_bytes(journal, pending, "orders")));
    }
    return 0;
  });
  add_decisions(journal, refresh);
  for (const Row& answer : journal.query(
           "SELECT target, ending, status, headers, detail, body FROM answer WHERE refresh = ?",
           {refresh.id})) {
    refresh.answers.emplace(answer.text("target"), answer_from(journal, answer));
  }
  return refresh;
}

std::vector<KeptRefresh> refreshes_where(SqliteDatabase& journal, const std::string& condition,
                                         const std::vector<Value>& values) {
  const auto known = journal.columns_of("refresh");
  const bool of_version_1 = std::find(known.begin(), known.end(), "pending") == known.end();
  std::vector<KeptRefresh> refreshes;
  for (const Row& row :
       journal.query("SELECT id, began, cause, products, terms, hosts, store_failure, " +
                         std::string(of_version_1 ? "NULL AS pending" : "pending") +
                         " FROM refresh WHERE " + condition + " ORDER BY id",
                     values)) {
    refreshes.push_back(refresh_from(journal, row));
  }
  return refreshes;
}

}  // namespace

bool counts_decisions(SqliteDatabase& journal) {
  const auto known = journal.columns_of("decision");
  return std::find(known.begin(), known.end(), "since_refresh") != known.end();
}

std::vector<KeptDecision> kept_decisions(SqliteDatabase& journal, const JournalFilter& filter) {
  std::string where = "WHERE 1 = 1";
  std::vector<Value> values;
  const auto add = [&](const std::string& condition, Value value) {
    where += " AND " + condition;
    values.push_back(std::move(value));
  };
  if (filter.from) add("d.at >= ?", milliseconds_of(*filter.from));
  if (filter.to) {
    add(counts_decisions(journal) ? "d.since <= ?" : "d.at <= ?", milliseconds_of(*filter.to));
  }
  if (filter.product) add("d.product = ?", filter.product->value);
  if (filter.decision) add("d.id = ?", *filter.decision);
  if (filter.outcome) add("d.outcome = ?", *filter.outcome);
  if (filter.cause) add("d.cause = ?", *filter.cause);
  values.emplace_back(filter.most);
  std::vector<KeptDecision> decisions;
  for (const Row& row : journal.query(
           decision_columns(journal) + where + " ORDER BY d.at DESC, d.id DESC LIMIT ?", values)) {
    decisions.push_back(decision_from(row));
  }
  std::reverse(decisions.begin(), decisions.end());
  return decisions;
}

std::vector<KeptRefresh> kept_refreshes(SqliteDatabase& journal, WallTime from, WallTime to) {
  return refreshes_where(journal, "began >= ? AND began <= ?",
                         {milliseconds_of(from), milliseconds_of(to)});
}

std::optional<KeptRefresh> kept_refresh(SqliteDatabase& journal, std::int64_t id) {
  std::vector<KeptRefresh> found = refreshes_where(journal, "id = ?", {id});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::set<catalogue::ProductId> written_after(SqliteDatabase& journal, std::int64_t refresh) {
  std::set<catalogue::ProductId> products;
  for (const Row& row : journal.query(
           "SELECT DISTINCT product FROM decision WHERE refresh > ? AND outcome = 'wrote'",
           {refresh})) {
    products.insert({row.integer("product")});
  }
  return products;
}

std::optional<std::string> kept_breakdown(SqliteDatabase& journal, std::int64_t decision) {
  const auto rows = journal.query("SELECT breakdown FROM decision WHERE id = ?", {decision});
  if (rows.empty()) return std::nullopt;
  const std::string digest = rows.front().text("breakdown");
  if (digest.empty()) return "";
  return kept_bytes(journal, digest, "a derivation");
}

std::vector<KeptTrouble> kept_troubles(SqliteDatabase& journal, const JournalFilter& filter) {
  std::vector<KeptTrouble> troubles;
  for (const Row& row :
       journal.query("SELECT at, text FROM trouble WHERE at >= ? AND at <= ? ORDER BY id",
                     {milliseconds_of(filter.from.value_or(WallTime::min())),
                      milliseconds_of(filter.to.value_or(WallTime::max()))})) {
    troubles.push_back({time_of(row, "at"), row.text("text")});
  }
  return troubles;
}

}  // namespace vfstock::sqlite
