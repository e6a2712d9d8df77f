#include "engine/panel/http_panel.h"

#include <algorithm>
#include <exception>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "engine/panel/api_word.h"
#include "engine/panel/decode.h"
#include "engine/panel/list_pages.h"
#include "engine/panel/pages.h"
#include "engine/panel/shared_hypervisors.h"

namespace vfstock::panel {
namespace {

template <class Id>
std::vector<Id> each_once(const std::vector<Id>& asked) {
  std::vector<Id> seen = asked;
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  std::vector<Id> in_order;
  for (const Id id : asked) {
    const auto found = std::lower_bound(seen.begin(), seen.end(), id);
    if (found == seen.end() || *found != id) continue;
    in_order.push_back(id);
    seen.erase(found);
  }
  return in_order;
}

constexpr const char* package_list = "/packages";
constexpr std::size_t packages_worth_a_list = 3;

std::vector<Request> requests_for(const std::vector<PackageId>& packages, bool fresh) {
  std::vector<Request> requests;
  requests.reserve(packages.size());
  for (const PackageId id : packages) {
    requests.push_back({fmt::format("/packages/{}", id.value), fresh});
  }
  return requests;
}

Unavailable about(const Request& request, const Unavailable& why) {
  return {why.reason, fmt::format("unreadable answer from {}: {}", request.target, why.detail),
          why.retry_after};
}

// The same lookup, with the request named where it could not be read.
template <class T>
Lookup<T> naming(const Request& request, Lookup<T> lookup) {
  if (const Unavailable* why = lookup.if_unavailable()) return about(request, *why);
  return lookup;
}

Lookup<SharedPage> shared(const GroupPage& page) {
  return Lookup<SharedPage>::found(std::make_shared<const GroupPage>(page));
}

/// Whether nothing more may be sent for now.
bool any_asks_to_wait(const Answers& answers) {
  const auto asks_to_wait = [](const auto& entry) {
    const Unavailable* const why = entry.second.lookup.if_unavailable();
    return why != nullptr && why->retry_after.value_or(std::chrono::seconds{0}).count() > 0;
  };
  return std::any_of(answers.groups.begin(), answers.groups.end(), asks_to_wait) ||
         std::any_of(answers.packages.begin(), answers.packages.end(), asks_to_wait);
}

std::vector<Answer> none_of(std::size_t count, std::string_view detail,
                            Ending ending = Ending::unreachable) {
  Answer answer;
  answer.ending = ending;
  answer.detail = detail;
  return std::vector<Answer>(count, answer);
}

}  // namespace

struct HttpPanel::Reading {
  GroupId id;
  GroupPages pages;
  std::vector<Exchange> evidence;
};

HttpPanel::HttpPanel(Transport& transport, const Clock& clock, HttpPanelOptions options)
    : transport_(transport),
      clock_(clock),
      options_(std::move(options)),
      blocks_(transport, clock,
              {options_.block_ttl, options_.nesting, options_.pages, options_.retry_after_max,
               options_.oldest}) {}

Answers HttpPanel::ask(const Questions& questions, Milliseconds budget) {
  const Instant start = clock_.now();
  std::vector<PackageId> packages = each_once(questions.packages);
  const bool as_list = packages.size() >= packages_worth_a_list && !questions.afresh &&
                       !options_.believe_status && options_.paging_needed;
  const PagingRules paging{options_.pages, options_.first_page_only, options_.paging_needed,
                           options_.paging_needed && !options_.believe_status};
  std::vector<Reading> readings;
  std::vector<Request> requests;
  for (const GroupId id : each_once(questions.groups)) {
    readings.push_back({id, GroupPages(id, paging), {}});
    requests.push_back({readings.back().pages.target(1), questions.afresh});
  }
  const std::vector<Request> of_packages =
      as_list ? std::vector<Request>{{package_list}} : requests_for(packages, questions.afresh);
  requests.insert(requests.end(), of_packages.begin(), of_packages.end());
  const std::vector<Answer> replies = fetch(requests, budget);

  for (std::size_t i = 0; i < readings.size(); ++i) {
    take_page(readings[i], 1, requests[i], replies[i]);
  }
  bool alone = std::any_of(replies.begin(), replies.end(), asks_for_patience);
  alone = fetch_further_pages(readings, budget - (clock_.now() - start), alone) || alone;

  Answers answers;
  if (as_list) {
    answers.packages = from_list(packages, requests.back(), replies.back());
    std::erase_if(packages, [&](PackageId id) { return answers.packages.contains(id); });
    add_singly(packages, budget - (clock_.now() - start), alone, answers);
  } else {
    for (std::size_t i = 0; i < packages.size(); ++i) {
      const std::size_t at = readings.size() + i;
      answers.packages.emplace(packages[i], package(packages[i], requests[at], replies[at]));
    }
  }
  for (Reading& reading : readings) answers.groups.emplace(reading.id, group(reading));
  if (options_.paging_needed && !options_.believe_status) refuse_shared_hypervisors(answers);
  const auto left = [&] {
    return alone || any_asks_to_wait(answers) ? Milliseconds{0} : budget - (clock_.now() - start);
  };
  if (options_.exclude_maintenance) leave_out_maintenance(answers, left());
  if (options_.read_blocks) add_blocks(answers, left());
  return answers;
}

void HttpPanel::add_singly(const std::vector<PackageId>& packages, Milliseconds budget,
                           bool left_alone, Answers& answers) {
  const std::vector<Request> requests = requests_for(packages, false);
  const std::vector<Answer> replies =
      left_alone ? none_of(requests.size(), "the panel asked to be left alone", Ending::held_back)
                 : fetch(requests, budget);
  for (std::size_t i = 0; i < packages.size(); ++i) {
    answers.packages.emplace(packages[i], package(packages[i], requests[i], replies[i]));
  }
}

// Whether addresses are counted at all shows in the groups.
void HttpPanel::add_blocks(Answers& answers, Milliseconds budget) {
  const bool counted =
      std::any_of(answers.groups.begin(), answers.groups.end(), [](const auto& entry) {
        const GroupResources* const found = entry.second.lookup.if_found();
        return found != nullptr && found->hypervisors->has_address_figure();
      });
  if (!counted) return;
  const Told<SharedBlocks>& told = blocks_.read(budget);
  for (auto& [id, group] : answers.groups) {
    const GroupResources* const found = group.lookup.if_found();
    if (found == nullptr || !found->hypervisors->has_address_figure()) continue;
    group.evidence.insert(group.evidence.end(), told.evidence.begin(), told.evidence.end());
    if (const Unavailable* why = told.lookup.if_unavailable()) {
      group.lookup = *why;
    } else if (const SharedBlocks* blocks = told.lookup.if_found()) {
      group.lookup = Lookup<GroupResources>::found({found->revision, found->hypervisors, *blocks});
    }
  }
}

void HttpPanel::leave_out_maintenance(Answers& answers, Milliseconds budget) {
  const bool any = std::any_of(answers.groups.begin(), answers.groups.end(), [](const auto& entry) {
    return entry.second.lookup.if_found() != nullptr;
  });
  if (!any) return;
  std::vector<Exchange> evidence;
  const auto out = in_maintenance(budget, evidence);
  for (auto& [id, group] : answers.groups) {
    const GroupResources* const found = group.lookup.if_found();
    if (found == nullptr) continue;
    group.evidence.insert(group.evidence.end(), evidence.begin(), evidence.end());
    if (const Unavailable* why = out.if_unavailable()) {
      group.lookup = *why;
      continue;
    }
    const auto rows = found->hypervisors->rows();
    std::vector<capacity::Hypervisor> marked(rows.begin(), rows.end());
    for (capacity::Hypervisor& row : marked) {
      const std::vector<std::int64_t>& ids = *out.if_found();
      row.maintenance = std::find(ids.begin(), ids.end(), row.id) != ids.end();
    }
    group.lookup = Lookup<GroupResources>::found(
        {found->revision, std::make_shared<const capacity::HypervisorColumns>(std::move(marked))});
  }
}

// Every panel has this list, so Missing tells of something else in its place.
Lookup<std::vector<std::int64_t>> HttpPanel::in_maintenance(Milliseconds budget,
                                                            std::vector<Exchange>& evidence) {
  const Instant start = clock_.now();
  std::vector<std::int64_t> ids;
  ListPages pages("/compute/hypervisors", options_.pages);
  while (!pages.is_whole()) {
    const Request request = pages.next();
    const Answer answer = std::move(fetch({request}, budget - (clock_.now() - start)).front());
    evidence.push_back(exchange(request, answer));
    const auto page = read_answer(request, answer, patience()).then([&](std::string_view body) {
      return naming(request, decode_hypervisor_page(body, decode_rules()));
    });
    if (const Unavailable* why = page.if_unavailable()) return *why;
    if (page.is_missing()) {
      return Unavailable{
          Reason::unexpected_status,
          fmt::format("404 from {}, which tells what is in maintenance", request.target)};
    }
    const HypervisorPage& found = *page.if_found();
    if (auto wrong = pages.take(found.paging, found.ids)) return *wrong;
    ids.insert(ids.end(), found.in_maintenance.begin(), found.in_maintenance.end());
  }
  return Lookup<std::vector<std::int64_t>>::found(std::move(ids));
}

// Whether one of them asks to be left alone.
bool HttpPanel::fetch_further_pages(std::vector<Reading>& readings, Milliseconds budget,
                                    bool left_alone) {
  std::vector<Request> requests;
  for (const Reading& reading : readings) {
    for (int page = 2; page <= reading.pages.last_page(); ++page) {
      requests.push_back({reading.pages.target(page)});
    }
  }
  const std::vector<Answer> replies =
      left_alone ? none_of(requests.size(), "the panel asked to be left alone", Ending::held_back)
                 : fetch(requests, budget);
  std::size_t next = 0;
  for (Reading& reading : readings) {
    const int last = reading.pages.last_page();
    for (int page = 2; page <= last; ++page, ++next) {
      take_page(reading, page, requests[next], replies[next]);
    }
  }
  return std::any_of(replies.begin(), replies.end(), asks_for_patience);
}

// A transport that fails in a way nobody expected has answered nothing. What it threw is not passed
// on: the transport knows the token.
std::vector<Answer> HttpPanel::fetch(const std::vector<Request>& requests, Milliseconds budget) {
  if (requests.empty()) return {};
  if (budget <= Milliseconds{0}) return std::vector<Answer>(requests.size());
  try {
    std::vector<Answer> answers = transport_.fetch(std::span<const Request>(requests), budget);
    if (answers.size() == requests.size()) return answers;
    return none_of(requests.size(), "the transport lost count of its answers");
  } catch (const std::exception&) {
    return none_of(requests.size(), "the transport failed unexpectedly");
  }
}

// The list is believed for what it holds, and for nothing else: that a record is not in it, or that
// the list cannot be read, says nothing of the record. Only a panel that asks to be left alone
// means all of them.
ById<PackageId, Told<Package>> HttpPanel::from_list(const std::vector<PackageId>& ids,
                                                    const Request& request,
                                                    const Answer& answer) const {
  ById<PackageId, Told<Package>> found;
  const auto list = read_answer(request, answer, patience()).then([&](std::string_view body) {
    return decode_packages(body, decode_rules());
  });
  const Exchange evidence = exchange(request, answer);
  if (const Unavailable* why = list.if_unavailable(); why != nullptr && asks_for_patience(answer)) {
    for (const PackageId id : ids) found.emplace(id, Told<Package>{*why, {evidence}});
  }
  const std::vector<Package>* const packages = list.if_found();
  if (packages == nullptr) return found;
  for (const PackageId id : ids) {
    const auto is_it = [id](const Package& each) { return each.id == id; };
    const auto first = std::find_if(packages->begin(), packages->end(), is_it);
    if (first == packages->end() || std::any_of(first + 1, packages->end(), is_it)) continue;
    found.emplace(id, Told<Package>{Lookup<Package>::found(*first), {evidence}});
  }
  return found;
}

Told<Package> HttpPanel::package(PackageId id, const Request& request, const Answer& answer) const {
  Exchange evidence = exchange(request, answer);
  Lookup<Package> lookup =
      read_answer(request, answer, patience()).then([&](std::string_view body) {
        return naming(request, decode_package(body, id, decode_rules()));
      });
  return {std::move(lookup), {std::move(evidence)}};
}

void HttpPanel::take_page(Reading& reading, int number, const Request& request,
                          const Answer& answer) {
  reading.evidence.push_back(exchange(request, answer));
  reading.pages.add(number,
                    read_answer(request, answer, patience()).then([&](std::string_view body) {
                      return naming(request, decode_group_page(body, decode_rules())).then(shared);
                    }));
}

Told<GroupResources> HttpPanel::group(Reading& reading) {
  Lookup<GroupResources> lookup =
      reading.pages.whole().then([&](const std::vector<SharedPage>& pages) {
        std::vector<capacity::Hypervisor> rows;
        for (const SharedPage& page : pages) {
          rows.insert(rows.end(), page->hypervisors.begin(), page->hypervisors.end());
        }
        for (capacity::Hypervisor& row : rows) {
          row.servers = capacity::slots_under(options_.node_caps, row.id, row.servers,
                                              options_.servers_count);
        }
        return Lookup<GroupResources>::found(
            {++revision_, std::make_shared<const capacity::HypervisorColumns>(std::move(rows))});
      });
  return {std::move(lookup), std::move(reading.evidence)};
}

Told<Connected> HttpPanel::connect(Milliseconds budget) {
  const std::vector<Request> requests{{"/connect", true}};
  const Request& request = requests.front();
  const Answer answer = std::move(fetch(requests, budget).front());
  Lookup<Connected> lookup = read_answer(request, answer, patience())
                                 .then([&](std::string_view body) -> Lookup<Connected> {
                                   const auto fault = no_word_of_a_panel(body, options_.nesting);
                                   if (!fault) return Lookup<Connected>::found({});
                                   return about(request, {Reason::unexpected_status, *fault});
                                 });
  // Every panel has this route, so its absence tells of something else in the panel's place.
  if (lookup.is_missing()) {
    lookup = Unavailable{Reason::unexpected_status, "404 from /connect"};
  }
  return {std::move(lookup), {exchange(request, answer)}};
}

DecodeRules HttpPanel::decode_rules() const noexcept {
  return {options_.nesting, options_.servers_needed,
          options_.paging_needed && !options_.first_page_only, options_.believe_status};
}

Patience HttpPanel::patience() const {
  return {clock_.wall(), options_.retry_after_max, options_.oldest, options_.nesting,
          options_.believe_status};
}

}  // namespace vfstock::panel
