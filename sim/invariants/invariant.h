// One rule that must hold, asked at every write, at every journal entry and at the end of a
// refresh.
//
// Each invariant lives in the file of its name and keeps no state of its own: all it may look at is
// the refresh and what the rules expected of it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/invariants/checker.h"
#include "sim/invariants/expected.h"
#include "sim/invariants/refresh.h"

namespace vfstock::sim::invariants {

struct Findings {
  std::vector<Violation> violations;
  std::vector<Oversell> oversells;
};

class Invariant {
 public:
  explicit Invariant(std::string_view id) : id_(id) {}
  virtual ~Invariant() = default;
  Invariant(const Invariant&) = delete;
  Invariant& operator=(const Invariant&) = delete;

  std::string_view id() const { return id_; }

  /// A write, already counted into its course. Null: the write belongs to no row or no refresh, or
  /// the rules have nothing to say about the row.
  virtual void wrote(const Wrote&, const Course*, const Expected*, Findings&) const {}
  /// A journal entry, already counted into its course. Null as above.
  virtual void journalled(const Journalled&, const Course*, Findings&) const {}
  /// The refresh is over; every course in scope has its expectation and its row at the end.
  virtual void ended(const Refresh&, const RefreshEnds&, Findings&) const {}

 protected:
  void violated(Findings& findings, Time at, std::string detail) const {
    report(findings, at, Verdict::violated, std::move(detail));
  }
  void unknown(Findings& findings, Time at, std::string detail) const {
    report(findings, at, Verdict::unknown, std::move(detail));
  }

 private:
  void report(Findings& findings, Time at, Verdict verdict, std::string detail) const;

  std::string_view id_;
};

std::unique_ptr<Invariant> keep_on_unavailable();
std::unique_ptr<Invariant> zero_on_missing();
std::unique_ptr<Invariant> truth_on_found();
std::unique_ptr<Invariant> provisionable(const Expectations& expectations);
std::unique_ptr<Invariant> only_managed();
std::unique_ptr<Invariant> never_negative();
std::unique_ptr<Invariant> never_partial();
std::unique_ptr<Invariant> fresh();
std::unique_ptr<Invariant> journal();

}  // namespace vfstock::sim::invariants
