// journal: each decision is told exactly once, each write has the entry that explains it, and each
// entry that claims a write has it. What an entry says is so: its figures, and whether a rule or
// something that passes hindered.
#include <algorithm>
#include <array>
#include <string_view>

#include "sim/invariants/invariant.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

std::string entry_text(const Journalled& entry) {
  return "product " + std::to_string(entry.product) + ": the journal's \"" + entry.outcome +
         "\" (" + entry.cause + ")";
}

constexpr std::array<std::string_view, 5> causes_to_set{"capacity", "ceiling", "package missing",
                                                        "package disabled", "group missing"};
constexpr std::array<std::string_view, 5> rules_to_keep{"no package", "no groups", "other panel",
                                                        "several panels", "unbounded"};
constexpr std::array<std::string_view, 5> causes_that_pass{
    "package unavailable", "group unavailable", "store failed", "contended", "surprise"};

template <class Causes>
bool is_one_of(const Causes& causes, const std::string& cause) {
  return std::find(causes.begin(), causes.end(), cause) != causes.end();
}

class JournalInvariant final : public Invariant {
 public:
  JournalInvariant() : Invariant("journal") {}

  void wrote(const Wrote& wrote, const Course* course, const Expected*,
             Findings& findings) const override {
    if (course == nullptr) {
      violated(findings, wrote.at, write_text(wrote) + " outside any refresh");
    } else if (!course->in_scope) {
      violated(findings, wrote.at, write_text(wrote) + " in a refresh that is not about it");
    } else if (!course->entries.empty()) {
      violated(findings, wrote.at, write_text(wrote) + " after its journal entry");
    } else if (wrote.old_qty == wrote.new_qty) {
      violated(findings, wrote.at, write_text(wrote) + " writes what the row already holds");
    }
  }

  void journalled(const Journalled& entry, const Course* course,
                  Findings& findings) const override {
    if (course == nullptr || !course->in_scope) {
      violated(findings, entry.at, entry_text(entry) + " is about no product of this refresh");
      return;
    }
    if (const auto wrong = contradiction(entry, *course)) {
      violated(findings, entry.at, entry_text(entry) + " " + *wrong);
    }
  }

  void ended(const Refresh& refresh, const RefreshEnds& ends, Findings& findings) const override {
    for (const auto& [id, course] : refresh.courses) {
      const std::string product = "product " + std::to_string(id) + ": ";
      // A shop that cannot be read names no products to decide.
      const bool unread = !refresh.shop.reads && course.entries.empty() && course.writes.empty();
      if (course.in_scope && course.entries.size() != 1 && !unread) {
        violated(
            findings, ends.at,
            product + std::to_string(course.entries.size()) + " journal entries for one decision");
      }
      if (course.in_scope && course.at_end && course.at_end->qty != course.now.qty) {
        violated(findings, ends.at,
                 product + "the row ends with qty " + std::to_string(course.at_end->qty) +
                     " where the writes say " + std::to_string(course.now.qty));
      }
    }
  }

 private:
  static std::optional<std::string> contradiction(const Journalled& entry, const Course& course) {
    if (auto wrong = contradiction_of_figures(entry, course)) return wrong;
    return contradiction_of_cause(entry, course);
  }

  static std::optional<std::string> contradiction_of_cause(const Journalled& entry,
                                                           const Course& course) {
    if (entry.text.empty()) return "explains nothing";
    const bool by_rule = !entry.is_set && is_one_of(rules_to_keep, entry.cause);
    const bool known = entry.is_set ? is_one_of(causes_to_set, entry.cause)
                                    : by_rule || is_one_of(causes_that_pass, entry.cause);
    if (!known) return "is no cause of its decision";
    // What moved was decided on columns that are not the course's any more.
    if (!by_rule || course.moved || !course.expected || course.expected->by_rule) {
      return std::nullopt;
    }
    return "names a rule, but " + course.expected->because;
  }

  static std::optional<std::string> contradiction_of_figures(const Journalled& entry,
                                                             const Course& course) {
    if (entry.outcome == "wrote") return contradiction_of_wrote(entry, course);
    const bool known =
        entry.outcome == "unchanged" || entry.outcome == "kept" || entry.outcome == "held";
    if (!known) return "is no outcome";
    if (!course.writes.empty()) return "hides that " + write_text(course.writes.back());
    if (entry.is_set == (entry.outcome == "kept")) return "does not go with its decision";
    if (entry.old_qty != entry.new_qty) return "names two qtys";
    if (entry.old_qty != course.now.qty && !course.moved) {
      return "says qty " + std::to_string(entry.old_qty) + " where the row holds " +
             std::to_string(course.now.qty);
    }
    return std::nullopt;
  }

  static std::optional<std::string> contradiction_of_wrote(const Journalled& entry,
                                                           const Course& course) {
    if (!entry.is_set) return "goes with a decision to keep";
    if (course.writes.size() != 1) {
      return "stands for " + std::to_string(course.writes.size()) + " writes";
    }
    const Wrote& wrote = course.writes.back();
    if (wrote.old_qty == entry.old_qty && wrote.new_qty == entry.new_qty) return std::nullopt;
    return "says qty " + std::to_string(entry.old_qty) + " -> " + std::to_string(entry.new_qty) +
           " where " + write_text(wrote);
  }
};

}  // namespace

std::unique_ptr<Invariant> journal() { return std::make_unique<JournalInvariant>(); }

}  // namespace vfstock::sim::invariants
