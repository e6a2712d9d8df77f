// Lists that come apart between their pages.
#pragma once

#include "mockpanel/faults/answering.h"

namespace vfstock::mockpanel::faults {

/// The answer to a read under a paging kind, made of the right answers to other pages. What is no
/// paged list is answered right.
api::Response paged_wrongly(const Rule& rule, const api::Request& request, const Desk& desk);

}  // namespace vfstock::mockpanel::faults
