#include "sim/invariants/client_checker.h"

#include <algorithm>
#include <array>
#include <utility>

#include "sim/invariants/story.h"
#include "sim/invariants/true_room.h"
#include "sim/invariants/truth.h"

namespace vfstock::sim::invariants {
namespace {

std::string product_text(std::int64_t id) { return "product " + std::to_string(id); }

std::string package_path(std::int64_t id) { return "/packages/" + std::to_string(id); }
std::string group_path(std::int64_t id) {
  return "/compute/hypervisors/groups/" + std::to_string(id) + "/resources";
}

bool fits_the_column(std::int64_t qty) { return qty >= 0 && qty <= column_max; }

/// What a mass fall is about: nothing is left, or less than a quarter.
bool is_a_fall(std::int64_t from, std::int64_t to) { return to == 0 || to * 4 < from; }

}  // namespace

ClientChecker::ClientChecker(Expectations expectations, bool exact)
    : expectations_(std::move(expectations)), exact_(exact), evidence_(expectations_) {}

void ClientChecker::begin(ClientMoment moment) {
  ++moments_;
  moment_ = std::move(moment);
  held_ = held_by(moment_.waiting, moment_.rows);
  evidence_.begin_moment(moment_.at);
}

void ClientChecker::end(const ClientOutcome& outcome) {
  const std::set<std::int64_t> falling = mass_fall();
  for (const Row& row : moment_.rows) {
    const auto said = outcome.qty.find(row.id);
    const std::int64_t qty = said == outcome.qty.end() ? row.qty : said->second;
    if (qty != row.qty) judge_write(row, qty);
    if (!is_managed(row) || !concerns(row)) continue;
    ++judged_;
    judge_standing(row, qty, falling.contains(row.id));
  }
  judge_silence(outcome.failure);
}

void ClientChecker::finish() {
  for (const auto& [id, standing] : standing_) {
    if (standing.judgement.fine) continue;
    report(standing.at, standing.judgement,
           product_text(id) + " was left at qty " + std::to_string(standing.qty));
  }
  const auto tell = [&](const Silence& silence, const std::string& what) {
    if (silence.moments == 0) return;
    violations_.push_back({silence.first, "answer", Verdict::violated,
                           "the client " + what + " in " + std::to_string(silence.moments) +
                               " moment(s) at which nothing was wrong with the panel"});
  };
  tell(asked_nothing_, "asked nothing");
  tell(failed_, failed_.how);
  if (judged_ > 0) return;
  violations_.push_back({moment_.at, "answer", Verdict::unknown,
                         "nothing could be judged in " + std::to_string(moments_) + " moment(s)"});
}

bool ClientChecker::concerns(const Row& row) const {
  return !moment_.product || *moment_.product == row.id;
}

bool ClientChecker::is_healthy(const ShopColumns& columns) const {
  if (moment_.at < evidence_.quiet_until() || evidence_.met_a_fault()) return false;
  if (moment_.troubled(package_path(columns.package))) return false;
  return std::none_of(columns.groups.begin(), columns.groups.end(),
                      [&](std::int64_t id) { return moment_.troubled(group_path(id)); });
}

/// Whether there was something to ask for this product, nothing in the way, and nothing that the
/// client may still remember instead.
bool ClientChecker::could_have_asked(const Row& row) const {
  if (!is_managed(row) || !concerns(row)) return false;
  const ShopColumns columns = read_columns(row, expectations_);
  if (columns.other_panel || columns.package <= 0 || !is_healthy(columns)) return false;
  const auto ways = expected_by_answers(row);
  return std::all_of(ways.begin(), ways.end(), [](const Expected& way) {
    return way.basis == Basis::partial || way.basis == Basis::stale;
  });
}

Expected ClientChecker::by_truth(const Row& row) const {
  const Truth truth(moment_.truth, expectations_.maintenance_excluded);
  return expect(row, held_, truth, expectations_, moment_.at);
}

std::vector<Expected> ClientChecker::expected_by_answers(const Row& row) const {
  std::vector<Expected> ways;
  for (const auto& choice : evidence_.choices(read_columns(row, expectations_), moment_.at)) {
    ways.push_back(expect(row, held_, *choice, expectations_, moment_.at));
    if (exact_ || held_.empty() || !expectations_.reserve_pending) continue;
    // Whether it holds places for orders on their way is the client's own affair, too.
    ways.push_back(expect(row, {}, *choice, expectations_, moment_.at));
  }
  return ways;
}

// The products that would fall at once, where a brake may ask whether that can be so: keeping them
// is right and writing them is.
std::set<std::int64_t> ClientChecker::mass_fall() const {
  std::set<std::int64_t> falling;
  std::int64_t stocked = 0;
  for (const Row& row : moment_.rows) {
    if (!is_managed(row) || row.qty <= 0) continue;
    ++stocked;
    const Expected expected = by_truth(row);
    if (expected.qty && is_a_fall(row.qty, *expected.qty)) falling.insert(row.id);
  }
  const auto count = static_cast<std::int64_t>(falling.size());
  const bool is_mass = count >= 2 && expectations_.brake_percent > 0 &&
                       count * 100 > expectations_.brake_percent * stocked;
  return is_mass ? falling : std::set<std::int64_t>{};
}

/// However one counts: under every storage rule, every sharing of addresses, with slots and orders.
bool ClientChecker::has_room_for_certain(const Row& row, const Expected& expected) const {
  const Truth truth(expected.truth, expectations_.maintenance_excluded);
  constexpr std::array<const char*, 3> matches{"storage-type", "storage-type-other", "pool-id"};
  return std::all_of(matches.begin(), matches.end(), [&](const char* match) {
    Expectations most_careful = expectations_;
    most_careful.storage_match = match;
    most_careful.ipv4_cap = "nested";
    most_careful.server_slots = "enforce";
    most_careful.reserve_pending = true;
    const Expected careful = expect(row, held_, truth, most_careful, moment_.at);
    return careful.basis == Basis::count && careful.qty.value_or(0) > 0;
  });
}

ClientChecker::Judgement ClientChecker::judge_count(const Row& row, std::int64_t qty,
                                                    const Expected& expected) const {
  if (expected.takes(qty)) return {};
  if (exact_) {
    return {false, "truth-on-found", Verdict::violated,
            "instead of " + std::to_string(*expected.qty) + ": " + expected.because};
  }
  if (expected.lied_to) return {};
  if (!expected.truth) {
    return {false, "provisionable", Verdict::unknown, "whose true room is not known"};
  }
  const auto room = true_room(expected).at_most;
  if (room && qty > *room) {
    return {false, "provisionable", Verdict::violated,
            "although the panel's true state at " + clock_text(expected.truth_at) +
                " takes at most " + std::to_string(*room)};
  }
  if (qty == 0 && has_room_for_certain(row, expected)) {
    return {false, "truth-on-found", Verdict::violated, "although " + expected.because};
  }
  return {};
}

ClientChecker::Judgement ClientChecker::judge(const Row& row, std::int64_t qty,
                                              const Expected& expected) const {
  switch (expected.basis) {
    case Basis::rule:
      // Nothing limits it: what to make of that is part of how one counts.
      if (!exact_ && expected.columns.package > 0 && !expected.columns.groups.empty()) return {};
      return {false, "truth-on-found", Verdict::violated,
              "instead of keeping it: " + expected.because};
    case Basis::unavailable:
      return {false, "keep-on-unavailable", Verdict::violated, "although " + expected.because};
    case Basis::partial: {
      const bool nothing = evidence_.asked() == 0;
      return {false, "never-partial", nothing ? Verdict::unknown : Verdict::violated,
              (nothing ? "rests on no answer: " : "although ") + expected.because};
    }
    case Basis::stale:
      return {false, "fresh", Verdict::violated, "rests on what " + expected.because};
    case Basis::nothing_sold:
      if (qty == 0) return {};
      return {false, "zero-on-missing", Verdict::violated, "although " + expected.because};
    case Basis::count:
      return judge_count(row, qty, expected);
  }
  return {};
}

/// Any way of taking the answers will do; where none does, the last one's complaint is told.
ClientChecker::Judgement ClientChecker::best(const Row& row, std::int64_t qty,
                                             const std::vector<Expected>& ways) const {
  Judgement judgement;
  for (const Expected& way : ways) {
    judgement = judge(row, qty, way);
    if (judgement.fine) break;
  }
  return judgement;
}

void ClientChecker::judge_write(const Row& row, std::int64_t qty) {
  const std::string subject = write_text({moment_.at, row.id, row.qty, qty});
  const auto wrong = [&](const char* invariant, const std::string& why) {
    report(moment_.at, {false, invariant, Verdict::violated, why}, subject);
  };
  if (!fits_the_column(qty)) {
    return wrong("never-negative", "is no qty from 0 to " + std::to_string(column_max));
  }
  if (!is_managed(row)) return wrong("only-managed", "although the row is not managed");
  if (read_columns(row, expectations_).other_panel) {
    return wrong("only-managed", "although its servers belong to another panel");
  }
  const Judgement judgement = best(row, qty, expected_by_answers(row));
  if (!judgement.fine) report(moment_.at, judgement, subject);
}

// Where nothing is wrong with the panel the row shows what the panel has, or what the client may
// still remember of it.
void ClientChecker::judge_standing(const Row& row, std::int64_t qty, bool may_wait) {
  const ShopColumns columns = read_columns(row, expectations_);
  if (may_wait || columns.other_panel || !is_healthy(columns)) return;
  const Expected truth = by_truth(row);
  if (!truth.qty || truth.keep) return;
  Standing& standing = standing_[row.id];
  standing.at = moment_.at;
  standing.qty = qty;
  standing.judgement = judge(row, qty, truth);
  if (!fits_the_column(qty)) {
    standing.judgement = {false, "converges", Verdict::violated, "which is no qty"};
  }
  if (!standing.judgement.fine) {
    for (const Expected& way : expected_by_answers(row)) {
      const bool counts = way.qty.has_value() && !way.keep;
      if (counts && fits_the_column(qty) && judge(row, qty, way).fine) standing.judgement = {};
    }
  }
  const bool sold_though_gone =
      !standing.judgement.fine && standing.judgement.invariant == "zero-on-missing";
  standing.gone_in_a_row = sold_though_gone ? standing.gone_in_a_row + 1 : 0;
  if (standing.judgement.fine) return;
  standing.judgement.why += ", and nothing was wrong with the panel";
  if (!sold_though_gone) standing.judgement.invariant = "converges";
  // What is disabled is there to be read; of what is gone, once may be a client that looks twice
  // before it believes.
  const bool is_there = moment_.truth->packages.contains(columns.package);
  if (!sold_though_gone || standing.gone_in_a_row != (is_there ? 1 : 2)) return;
  report(moment_.at, standing.judgement,
         product_text(row.id) + " stays at qty " + std::to_string(qty));
}

void ClientChecker::judge_silence(const std::string& failure) {
  const bool could = std::any_of(moment_.rows.begin(), moment_.rows.end(),
                                 [&](const Row& row) { return could_have_asked(row); });
  const auto note = [&](Silence& silence) {
    if (silence.moments++ > 0) return;
    silence.first = moment_.at;
    silence.how = failure;
  };
  const bool well = std::any_of(moment_.rows.begin(), moment_.rows.end(), [&](const Row& row) {
    return is_managed(row) && concerns(row) && is_healthy(read_columns(row, expectations_));
  });
  if (!failure.empty() && well) note(failed_);
  if (could && evidence_.asked() == 0) note(asked_nothing_);
}

void ClientChecker::report(Time at, const Judgement& judgement, const std::string& subject) {
  violations_.push_back(
      {at, judgement.invariant, judgement.verdict, subject + " " + judgement.why});
}

}  // namespace vfstock::sim::invariants
