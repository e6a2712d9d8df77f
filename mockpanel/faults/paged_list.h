// The pages of a list, as the kinds that take lists apart ask for them.
#pragma once

#include <cstdint>
#include <string_view>

#include "mockpanel/api/answer.h"
#include "mockpanel/faults/answering.h"

namespace vfstock::mockpanel::faults {

/// The right answer to a paged read, and those to its other pages.
class PagedList {
 public:
  PagedList(const api::Request& request, const Desk& desk);

  const api::Response& right() const { return response_; }
  /// False: the answer is no page of a list, and the rest of this class is not for it.
  bool is_paged() const;
  const api::Json& asked() const { return asked_; }
  std::int64_t number(const char* field) const { return asked_[field].get<std::int64_t>(); }
  /// The records of another page; none where there is no such page.
  api::Json records(std::int64_t page) const;
  /// The right answer to another request.
  api::Response ask(const api::Request& request) const;
  /// The right answer with another document.
  api::Response with(const api::Json& changed) const;

 private:
  const api::Request& request_;
  const Desk& desk_;
  api::Response response_;
  api::Json asked_;
};

/// Answers a read under a kind that takes lists apart. What is no read of a paged list is answered
/// right.
api::Response answer_paged(const Rule& rule, const api::Request& request, const Desk& desk,
                           api::Response (*take_apart)(const Rule&, const api::Request&,
                                                       const PagedList&));

/// Sets the number of a query's field, adding it where it is not there.
void set_query(api::Request& request, std::string_view name, std::int64_t number);

}  // namespace vfstock::mockpanel::faults
