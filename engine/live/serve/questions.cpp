#include "engine/live/serve/questions.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <stdexcept>

#include "engine/sqlite/journal_file.h"

namespace vfstock::serve {
namespace {

constexpr std::int64_t decisions_usual = 100, decisions_max = 1000, history_max = 200;

std::int64_t number_from(const std::string& name, const std::string& text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || number < 0) {
    throw std::invalid_argument(name + ": a whole number is needed");
  }
  return number;
}

std::unique_ptr<sqlite::SqliteDatabase> opened(const std::filesystem::path& journal) {
  return sqlite::open_journal(journal, sqlite::SqliteDatabase::Open::read_only);
}

}  // namespace

Writer::Question plan_question() {
  return [](EngineAtWork& engine) {
    const schedule::Planned planned = engine.keeper().plan();
    return plan_text(live::sync_plan(planned.plan, planned.answers, engine.rows()));
  };
}

Writer::Question recalculate_question(Recalculation wanted) {
  return [wanted = std::move(wanted)](EngineAtWork& engine) {
    return report_text(engine.keeper().recalculate(wanted.scope, wanted.force));
  };
}

std::vector<sqlite::KeptDecision> kept_decisions(const std::filesystem::path& journal,
                                                 const Parameters& parameters) {
  sqlite::JournalFilter filter;
  filter.most = decisions_usual;
  for (const auto& [name, value] : parameters) {
    if (name == "product") {
      filter.product = catalogue::ProductId{number_from(name, value)};
    } else if (name == "limit") {
      filter.most = std::min(number_from(name, value), decisions_max);
    } else if (name == "outcome") {
      filter.outcome = value;
    } else if (name == "cause") {
      filter.cause = value;
    } else {
      throw std::invalid_argument("known are product, outcome, cause and limit");
    }
  }
  return sqlite::kept_decisions(*opened(journal), filter);
}

std::string derived_product(const std::filesystem::path& journal, const ProductView& product) {
  const auto database = opened(journal);
  sqlite::JournalFilter of_product;
  of_product.product = catalogue::ProductId{product.id};
  of_product.most = history_max;
  const auto history = sqlite::kept_decisions(*database, of_product);
  const auto counted = std::find_if(history.rbegin(), history.rend(),
                                    [](const auto& decision) { return decision.is_set; });
  std::string derivation;
  if (counted != history.rend()) {
    derivation = sqlite::kept_breakdown(*database, counted->id).value_or("");
  }
  return product_text(product, derivation, history);
}

}  // namespace vfstock::serve
