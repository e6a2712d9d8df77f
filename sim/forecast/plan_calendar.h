// The calendar of a forecast: which moment its first hour is, and where a profile of the day or the
// week lies in it. All by the shop's clock, which knows no time zones here. Pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace vfstock::sim::forecast {

using Moment = std::chrono::sys_seconds;

/// "2026-12-01", "2026-12-01T06:00", "2026-12-01T06:00:15", each with or without a Z at its end;
/// nullopt for anything else.
std::optional<Moment> calendar_moment(const std::string& text);
/// "2026-12-01", or "2026-12-01T06:00:00" where it is not midnight.
std::string calendar_text(Moment moment);
/// Until which moment's history a demand fragment without a calendar of its own says it was learnt:
/// the first "until 2026-02-12T00:00:00Z" of its description.
std::optional<Moment> moment_named_in(const std::string& description);

/// Turns a profile of 24 or 168 hours that begins at `profile_begins` into one that begins at
/// `plan_begins`. Where the two are parts of an hour apart, each new hour is the mixture of the two
/// that it covers.
void align_hours(std::vector<double>& hours, Moment profile_begins, Moment plan_begins);

}  // namespace vfstock::sim::forecast
