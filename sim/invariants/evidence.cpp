#include "sim/invariants/evidence.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "sim/invariants/pages.h"
#include "sim/invariants/recount_parts.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

std::string page_name(std::int64_t group, std::int64_t page) {
  const std::string name = group_name(group);
  return page == 1 ? name : name + "'s page " + std::to_string(page);
}

/// Everything that decides how an answer about `subject` reads.
std::string same_bytes_as(const Exchanged& exchange, const std::string& subject) {
  std::string bytes;
  bytes.reserve(256 + exchange.body.size());
  bytes.append(subject).append("\n").append(std::to_string(exchange.status));
  bytes += exchange.whole ? " whole\n" : " cut\n";
  for (const auto& [name, value] : exchange.headers) {
    bytes.append(name).append(": ").append(value).append("\n");
  }
  return bytes.append("\n").append(exchange.body);
}

Exchanged without_body(const Exchanged& exchange) {
  Exchanged bare;
  bare.asked = exchange.asked;
  bare.answered = exchange.answered;
  bare.target = exchange.target;
  bare.status = exchange.status;
  bare.headers = exchange.headers;
  bare.whole = exchange.whole;
  bare.fault = exchange.fault;
  bare.lied = exchange.lied;
  bare.truth = exchange.truth;
  return bare;
}

template <class Facts>
bool is_settled(const Reading<Facts>& reading) {
  if (reading.known == Known::found) return true;
  return reading.known == Known::missing && !reading.may_keep;
}

}  // namespace

Evidence::Evidence(const Expectations& expectations)
    : expectations_(expectations),
      needed_{expectations.server_slots == "enforce" || !expectations.node_caps.empty(),
              expectations.storage_match == "pool-id"} {}

void Evidence::begin_refresh(Time now) {
  remember_refresh();
  lists_.begin_refresh();
  for (const Forgetting& forgetting : forgettings_) {
    if (forgetting.due > now) continue;
    if (forgetting.groups) {
      forget_groups(*forgetting.groups);
    } else {
      forget_everything();
    }
  }
  std::erase_if(forgettings_, [&](const Forgetting& each) { return each.due <= now; });
  began_ = now;
}

// Only what is whole and beyond doubt of the rules is worth remembering; a failure changes nothing.
void Evidence::remember_refresh() {
  for (const auto& [id, heard] : packages_) {
    Reading<PackageFacts> reading = heard_package(id, heard.exchange.answered);
    if (is_settled(reading)) known_packages_[id] = {std::move(reading), began_, false};
  }
  for (const auto& [id, pages] : group_pages_) {
    Reading<GroupFacts> reading = heard_group(id, pages.back().exchange.answered);
    // What was read in part stays read in part until it is asked for again.
    if (is_settled(reading) || reading.known == Known::partial) {
      known_groups_[id] = {std::move(reading), began_, false};
    }
  }
  probes_.clear();
  packages_gone_.clear();
  groups_gone_.clear();
  packages_.clear();
  group_pages_.clear();
}

void Evidence::forget_groups(const std::vector<std::int64_t>& groups) {
  remember_refresh();
  for (const std::int64_t id : groups) {
    const auto known = known_groups_.find(id);
    if (known != known_groups_.end()) known->second.forgotten = true;
  }
}

void Evidence::forget_at(Time due, std::optional<std::vector<std::int64_t>> groups) {
  forgettings_.push_back({due, std::move(groups)});
}

void Evidence::forget_everything() {
  remember_refresh();
  for (auto& [id, known] : known_packages_) known.forgotten = true;
  for (auto& [id, known] : known_groups_) known.forgotten = true;
}

void Evidence::begin_anew() {
  forget_everything();
  lists_ = PanelLists(expectations_.group_ttl);
}

void Evidence::lose_count_of_patience(Time now) {
  if (patience_until_ > Time{}) patience_until_ = std::max(patience_until_, now + patience_max);
}

void Evidence::lose_dates_of_plans(Time now) {
  undated_.insert(undated_.end(), forgettings_.begin(), forgettings_.end());
  forgettings_.clear();
  for (Forgetting& plan : undated_) plan.due = now + expectations_.delete_grace;
}

template <class Facts>
std::chrono::seconds Evidence::lifetime(const Reading<Facts>& reading) const {
  if (reading.known == Known::missing) return expectations_.missing_ttl;
  return std::is_same_v<Facts, PackageFacts> ? expectations_.package_ttl : expectations_.group_ttl;
}

template <class Facts>
Reading<Facts> Evidence::recall(const std::map<std::int64_t, Remembered<Facts>>& memory,
                                std::int64_t id, Time now, const std::string& name) const {
  const auto at = memory.find(id);
  if (at == memory.end()) {
    Reading<Facts> nothing;
    nothing.story = name + " was not asked for";
    return nothing;
  }
  Reading<Facts> reading = at->second.reading;
  if (reading.known == Known::partial) return reading;
  if (!at->second.forgotten && now - reading.at <= lifetime(reading)) {
    // Lifetimes count from the question, which came some time before the answer.
    reading.may_keep = reading.may_keep || now - at->second.began >= lifetime(reading);
    return reading;
  }
  reading.story += at->second.forgotten ? ", which an event has made the client forget"
                                        : ", which is too long ago";
  reading.known = Known::stale;
  return reading;
}

template <class Facts>
bool Evidence::may_be_forgotten(const Remembered<Facts>& known, std::int64_t id) const {
  return std::any_of(undated_.begin(), undated_.end(), [&](const Forgetting& plan) {
    if (known.began > plan.due) return false;
    if (!plan.groups) return true;
    const bool is_group = std::is_same_v<Facts, GroupFacts>;
    return is_group &&
           std::find(plan.groups->begin(), plan.groups->end(), id) != plan.groups->end();
  });
}

template <class Facts>
std::optional<std::string> Evidence::still_known(
    const std::map<std::int64_t, Remembered<Facts>>& memory, std::int64_t id, Time now) const {
  const auto at = memory.find(id);
  if (at == memory.end() || at->second.forgotten) return {};
  if (may_be_forgotten(at->second, id)) return {};
  if (at->second.reading.may_keep || at->second.reading.known == Known::partial) return {};
  if (now - at->second.began >= lifetime(at->second.reading)) return {};
  return at->second.reading.story;
}

std::optional<std::string> Evidence::needless(const Exchanged& exchange) const {
  const Target target = read_target(exchange.target);
  const auto twice = [](const Exchanged& before) {
    return "the same was asked at " + clock_text(before.asked);
  };
  if (target.about == Target::About::package) {
    const auto heard = packages_.find(target.id);
    if (heard != packages_.end()) {
      if (is_second_question(heard->second.says, heard->second.number)) return std::nullopt;
      return twice(heard->second.exchange);
    }
    return still_known(known_packages_, target.id, exchange.asked);
  }
  if (target.about == Target::About::blocks && target.page == 1) {
    return lists_.still_known(exchange.asked, expectations_.block_ttl);
  }
  if (target.about != Target::About::group) return std::nullopt;
  const auto pages = group_pages_.find(target.id);
  if (pages != group_pages_.end()) {
    for (const HeardPage& page : pages->second) {
      if (is_second_question(page.says, page.number)) continue;
      if (page.exchange.target == exchange.target) return twice(page.exchange);
    }
  }
  return still_known(known_groups_, target.id, exchange.asked);
}

bool Evidence::is_second_question(Says says, std::size_t number) const {
  return says == Says::not_found &&
         std::any_of(probes_.begin(), probes_.end(),
                     [&](const Probe& probe) { return probe.vouches && probe.number > number; });
}

template <class Facts, class Read>
Evidence::Told<Facts> Evidence::read_anew(const Exchanged& exchange, Read read) const {
  const Answer answer = read_answer(exchange, expectations_.group_ttl);
  Told<Facts> told{answer.says, answer.doubtful, answer.story, {}};
  if (answer.says != Says::document) return told;
  Fields fields;
  try {
    told.facts = read(answer.document, fields);
    told.doubtful = told.doubtful || fields.doubtful();
  } catch (const Malformed& malformed) {
    told.says = Says::nothing;
    told.story += std::string(" but ") + malformed.what();
  }
  return told;
}

template <class Facts, class Read>
Evidence::Heard<Facts> Evidence::hear(const Exchanged& exchange, const std::string& subject,
                                      BytesRead<Facts>& known, Read read) const {
  constexpr std::size_t known_max = 256;
  std::string bytes = same_bytes_as(exchange, subject);
  std::pair key{std::hash<std::string>{}(bytes), std::move(bytes)};
  auto at = known.find(key);
  if (at == known.end()) {
    if (known.size() >= known_max) known.clear();
    at = known.emplace(std::move(key), read_anew<Facts>(exchange, read)).first;
  }
  Heard<Facts> heard;
  static_cast<Told<Facts>&>(heard) = at->second;
  heard.story = subject + " " + heard.story + " at " + clock_text(exchange.answered);
  heard.exchange = without_body(exchange);
  heard.number = count_;
  return heard;
}

void Evidence::remember_patience(const Exchanged& exchange) {
  const Time patience = patience_asked(exchange, calendar_).at_most;
  if (patience > Time{0}) patience_until_ = std::max(patience_until_, exchange.answered + patience);
}

void Evidence::add(const Exchanged& exchange) {
  remember_patience(exchange);
  ++count_;
  latest_ = std::max(latest_, exchange.answered);
  lists_.add(exchange);
  const Target target = read_target(exchange.target);
  switch (target.about) {
    case Target::About::connection:
      last_probe_.is(exchange.asked);
      probes_.push_back({count_, vouches(read_answer(exchange, expectations_.group_ttl))});
      break;
    case Target::About::package:
      add_package(exchange, target.id);
      break;
    case Target::About::packages:
      add_packages(exchange);
      break;
    case Target::About::group:
      add_page(exchange, target);
      break;
    case Target::About::blocks:
    case Target::About::bound_to_block:
    case Target::About::hypervisors:
    case Target::About::other:
      break;
  }
}

void Evidence::add_package(const Exchanged& exchange, std::int64_t id) {
  const auto before = packages_.find(id);
  if (before != packages_.end() && before->second.says == Says::not_found) {
    packages_gone_[id].push_back(before->second.number);
  }
  packages_[id] = hear<PackageFacts>(
      exchange, package_name(id), read_packages_,
      [&](const auto& json, Fields& fields) { return read_package(json, id, fields); });
}

// What the list holds is as if it had been asked for by itself; of the rest it says nothing.
void Evidence::add_packages(const Exchanged& exchange) {
  const Answer answer = read_answer(exchange, expectations_.group_ttl);
  if (answer.says != Says::document) return;
  for (const auto& [id, facts] : read_packages(answer.document)) {
    HeardPackage heard;
    heard.says = Says::document;
    heard.doubtful = answer.doubtful;
    heard.story = package_name(id) + " was listed at " + clock_text(exchange.answered);
    heard.facts = facts;
    heard.exchange = without_body(exchange);
    heard.number = count_;
    packages_[id] = std::move(heard);
  }
}

void Evidence::add_page(const Exchanged& exchange, const Target& target) {
  auto& pages = group_pages_[target.id];
  if (target.page == 1) {
    if (!pages.empty() && pages.front().says == Says::not_found) {
      groups_gone_[target.id].push_back(pages.front().number);
    }
    pages.clear();
  }
  pages.push_back(hear<PageFacts>(exchange, page_name(target.id, target.page), read_pages_,
                                  [&](const auto& json, Fields& fields) {
                                    return read_page(json, target.id, needed_, fields);
                                  }));
}

// A hypervisor is a member of one group: of two answers that both list it one is about another
// group.
const std::set<std::int64_t>& Evidence::overlapping() const {
  if (overlapping_.first == count_) return overlapping_.second;
  overlapping_ = {count_, {}};
  std::map<std::int64_t, std::int64_t> group_of;
  for (const auto& [id, pages] : group_pages_) {
    for (const HeardPage& page : pages) {
      if (page.says != Says::document) continue;
      for (const HypervisorFacts& hypervisor : page.facts.hypervisors) {
        const auto [known, is_new] = group_of.emplace(hypervisor.id, id);
        if (!is_new && known->second != id) overlapping_.second.insert({id, known->second});
      }
    }
  }
  return overlapping_.second;
}

bool Evidence::may_be_silent(Time now) const {
  return now < patience_until_ || now - began_ >= expectations_.refresh_budget;
}

bool Evidence::may_probe(Time now) const {
  if (may_be_silent(now)) return false;
  const std::optional<Time>& last = last_probe_.latest();
  return !last || now - *last > expectations_.probe_interval;
}

const std::vector<std::size_t>& Evidence::earlier_of(const Earlier& earlier, std::int64_t id) {
  static const std::vector<std::size_t> none;
  const auto at = earlier.find(id);
  return at == earlier.end() ? none : at->second;
}

// Gone is what answered 404, was vouched for, and answered 404 once more.
template <class Facts>
void Evidence::judge_not_found(Reading<Facts>& reading, const std::vector<std::size_t>& earlier,
                               std::size_t number, std::optional<bool> truly_gone, Time now) const {
  const std::size_t first = earlier.empty() ? number : earlier.front();
  std::optional<bool> vouched;
  bool again = false;
  for (const Probe& probe : probes_) {
    if (probe.number < first) continue;
    vouched = probe.vouches;
    again = probe.vouches && number > probe.number;
  }
  const bool confirm = expectations_.confirm_missing;
  reading.known = Known::missing;
  if (vouched == true && again) return;
  if (!confirm && truly_gone != false) {
    reading.may_keep = reading.may_keep || !truly_gone;
    return;
  }
  if (vouched == true) {
    const bool neglected =
        confirm && truly_gone == true && !may_be_silent(reading.at) && !may_be_silent(now);
    reading.known = neglected ? Known::unprobed : Known::unavailable;
    reading.story += ", and was not asked for once more";
    return;
  }
  // It waits for the next try, even if that moment passes while the refresh reads on.
  const bool allowed = may_probe(reading.at) && may_probe(now);
  const bool neglected = confirm && !vouched && truly_gone == true && allowed;
  reading.known = neglected ? Known::unprobed : Known::unavailable;
  reading.story += confirm && vouched ? ", and GET /connect did not vouch for it"
                                      : ", which no GET /connect vouched for";
}

Reading<PackageFacts> Evidence::package(std::int64_t id, Time now) const {
  if (packages_.contains(id)) return heard_package(id, now);
  return recall(known_packages_, id, now, package_name(id));
}

Reading<GroupFacts> Evidence::group(std::int64_t id, Time now) const {
  if (group_pages_.contains(id)) return heard_group(id, now);
  return recall(known_groups_, id, now, page_name(id, 1));
}

Reading<PackageFacts> Evidence::heard_package(std::int64_t id, Time now) const {
  Reading<PackageFacts> reading;
  const HeardPackage& heard = packages_.at(id);
  reading.facts = heard.facts;
  reading.may_keep = heard.doubtful;
  reading.story = heard.story;
  reading.at = heard.exchange.answered;
  reading.truth = heard.exchange.truth;
  reading.lied = heard.exchange.lied;
  const auto& gone_before = earlier_of(packages_gone_, id);
  if (heard.says == Says::document) reading.known = Known::found;
  if (heard.says == Says::nothing) reading.known = Known::unavailable;
  if (heard.says != Says::not_found && !gone_before.empty()) {
    reading.known = Known::unavailable;
    reading.story += " after a 404";
  }
  if (heard.says == Says::not_found) {
    std::optional<bool> gone;
    if (reading.truth) gone = !reading.truth->packages.contains(id);
    judge_not_found(reading, gone_before, heard.number, gone, now);
  }
  return reading;
}

Reading<GroupFacts> Evidence::heard_group(std::int64_t id, Time now) const {
  Reading<GroupFacts> reading;
  PageSequence pages;
  for (const HeardPage& heard : group_pages_.at(id)) {
    reading.may_keep = reading.may_keep || heard.doubtful;
    reading.story = heard.story;
    reading.at = heard.exchange.answered;
    reading.truth = heard.exchange.truth;
    reading.lied = reading.lied || heard.exchange.lied;
    if (heard.says == Says::not_found && pages.empty()) {
      std::optional<bool> gone;
      if (reading.truth) gone = !reading.truth->groups.contains(id);
      judge_not_found(reading, earlier_of(groups_gone_, id), heard.number, gone, now);
      return reading;
    }
    reading.known = Known::unavailable;
    if (heard.says != Says::document) return reading;
    if (!earlier_of(groups_gone_, id).empty()) {
      reading.story += " after a 404";
      return reading;
    }
    if (const auto wrong = pages.add(heard.facts)) {
      reading.story = heard.story + " but " + *wrong;
      return reading;
    }
  }
  reading.known = Known::found;
  const std::int64_t last = pages.first().last;
  if (pages.count() < last) {
    reading.known = Known::partial;
    reading.story = group_name(id) + " has " + std::to_string(last) + " pages and only " +
                    std::to_string(pages.count()) + " were read";
    return reading;
  }
  if (overlapping().contains(id)) {
    reading.known = Known::unavailable;
    reading.story += " but lists a hypervisor of another group";
    return reading;
  }
  reading.facts = pages.joined();
  add_lists(reading);
  return reading;
}

/// What is known of the group's hypervisors from elsewhere, and needed.
void Evidence::add_lists(Reading<GroupFacts>& group) const {
  const auto stop = [&](Listed state) {
    if (state == Listed::told || state == Listed::closed) return false;
    group.known = state == Listed::unavailable ? Known::unavailable : Known::partial;
    group.story += state == Listed::unavailable ? ", but " + lists_.story()
                                                : ", but a list that it needs was not read";
    return true;
  };
  if (expectations_.maintenance_excluded) {
    if (stop(lists_.maintenance())) return;
    for (HypervisorFacts& hypervisor : group.facts) {
      if (lists_.in_maintenance().contains(hypervisor.id)) hypervisor.eligible = false;
    }
  }
  if (expectations_.ipv4_cap != "exact" || !expectations_.reads_blocks) return;
  if (!has_figure(group.facts) || stop(lists_.blocks(group.at, expectations_.block_ttl))) return;
  for (HypervisorFacts& hypervisor : group.facts) hypervisor.blocks = lists_.told();
  // They are asked for after all else of a batch.
  const Time asked = std::max(group.at, latest_);
  if (lists_.doubtful() || lists_.may_have_run_out(asked, expectations_.block_ttl)) {
    group.may_keep = true;
  }
}

}  // namespace vfstock::sim::invariants
