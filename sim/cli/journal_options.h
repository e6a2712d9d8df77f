// The journal as options: where it is, for every verb; how much it keeps, for those that write it.
#pragma once

#include <string>

#include <boost/program_options.hpp>

#include "engine/live/settings.h"
#include "sim/cli/program.h"

namespace vfstock::sim::cli {

/// --journal.
void add_journal_option(boost::program_options::options_description& options);
/// --journal, --journal-days, --journal-size.
void add_journal_options(boost::program_options::options_description& options);

/// The journal's file: as set, or one place that does not depend on the working directory
/// ($XDG_STATE_HOME/vfstock/journal.db, ~/.local/state/..., /var/lib/vfstock/journal.db).
std::string journal_file(const boost::program_options::variables_map& values,
                         const Invocation& invocation);
/// The same with what is kept of it. Throws UsageError.
live::JournalSettings journal_settings(const boost::program_options::variables_map& values,
                                       const Invocation& invocation);
/// Before it is written: the default place gets its folder, and a new journal is told of.
void announce_new_journal(const boost::program_options::variables_map& values,
                          const Invocation& invocation);

}  // namespace vfstock::sim::cli
