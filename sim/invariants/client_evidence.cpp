#include "sim/invariants/client_evidence.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "sim/invariants/pages.h"
#include "sim/invariants/story.h"

namespace vfstock::sim::invariants {
namespace {

/// One way of taking the answers.
template <class Facts>
using Chosen = std::map<std::int64_t, Reading<Facts>>;

class Choice final : public Knowledge {
 public:
  Choice(Chosen<PackageFacts> packages, Chosen<GroupFacts> groups)
      : packages_(std::move(packages)), groups_(std::move(groups)) {}

  Reading<PackageFacts> package(std::int64_t id, Time) const override {
    return of(packages_, id, package_name(id));
  }
  Reading<GroupFacts> group(std::int64_t id, Time) const override {
    return of(groups_, id, group_name(id));
  }
  bool may_be_silent(Time) const override { return false; }

 private:
  template <class Facts>
  static Reading<Facts> of(const Chosen<Facts>& chosen, std::int64_t id, const std::string& name) {
    const auto found = chosen.find(id);
    if (found != chosen.end()) return found->second;
    Reading<Facts> nothing;
    nothing.story = name + " was not asked for";
    return nothing;
  }

  Chosen<PackageFacts> packages_;
  Chosen<GroupFacts> groups_;
};

template <class Facts>
void add_unless_known(std::vector<Reading<Facts>>& readings, Reading<Facts> reading) {
  const bool known = std::any_of(readings.begin(), readings.end(), [&](const auto& each) {
    return each.known == reading.known && each.facts == reading.facts && each.lied == reading.lied;
  });
  if (!known) readings.push_back(std::move(reading));
}

template <class Facts, class Heard>
Reading<Facts> reading_of(const Heard& heard, Known known) {
  Reading<Facts> reading;
  reading.known = known;
  reading.may_keep = heard.doubtful;
  reading.story = heard.story;
  reading.at = heard.at;
  reading.truth = heard.truth;
  reading.lied = heard.lied;
  return reading;
}

}  // namespace

ClientEvidence::ClientEvidence(const Expectations& expectations)
    : expectations_(expectations),
      needed_{expectations.server_slots == "enforce" || !expectations.node_caps.empty(),
              expectations.storage_match == "pool-id"} {}

void ClientEvidence::begin_moment(Time) {
  for (const auto& [id, heard] : packages_) {
    if (auto fresh = fresh_package(id); !fresh.empty()) known_packages_[id] = std::move(fresh);
  }
  for (const auto& [heard, packages] : lists_) {
    for (const auto& [id, facts] : packages) {
      if (auto fresh = fresh_package(id); !fresh.empty()) known_packages_[id] = std::move(fresh);
    }
  }
  for (const auto& [id, heard] : pages_) {
    if (auto fresh = fresh_group(id); !fresh.empty()) known_groups_[id] = std::move(fresh);
  }
  vouched_.clear();
  packages_.clear();
  lists_.clear();
  pages_.clear();
  count_before_ = count_;
  met_a_fault_ = false;
}

void ClientEvidence::add(const Exchanged& exchange) {
  ++count_;
  met_a_fault_ = met_a_fault_ || !exchange.fault.empty();
  const Time wait = patience_asked(exchange, calendar_).at_most;
  if (wait > Time{0}) quiet_until_ = std::max(quiet_until_, exchange.answered + wait);
  const Target target = read_target(exchange.target);
  switch (target.about) {
    case Target::About::connection:
      if (vouches(read_answer(exchange, expectations_.group_ttl))) vouched_.push_back(count_);
      break;
    case Target::About::package:
      hear_package(exchange, target.id);
      break;
    case Target::About::group:
      hear_page(exchange, target);
      break;
    case Target::About::packages:
      hear_packages(exchange);
      break;
    case Target::About::blocks:
    case Target::About::bound_to_block:
    case Target::About::hypervisors:
    case Target::About::other:
      break;
  }
}

ClientEvidence::Heard ClientEvidence::heard(const Exchanged& exchange, const std::string& subject,
                                            const Answer& answer) const {
  Heard heard;
  heard.says = answer.says;
  heard.doubtful = answer.doubtful;
  heard.story = subject + " " + answer.story + " at " + clock_text(exchange.answered);
  heard.at = exchange.answered;
  heard.truth = exchange.truth;
  heard.lied = exchange.lied;
  heard.number = count_;
  return heard;
}

void ClientEvidence::hear_package(const Exchanged& exchange, std::int64_t id) {
  const Answer answer = read_answer(exchange, expectations_.group_ttl);
  HeardPackage package{heard(exchange, package_name(id), answer), {}};
  Fields fields;
  try {
    if (answer.says == Says::document) package.facts = read_package(answer.document, id, fields);
  } catch (const Malformed& malformed) {
    package.says = Says::nothing;
    package.story += std::string(" but ") + malformed.what();
  }
  package.doubtful = package.doubtful || fields.doubtful();
  packages_[id].push_back(std::move(package));
}

// GET /packages lists them all. Of an entry that cannot be read nothing is known.
void ClientEvidence::hear_packages(const Exchanged& exchange) {
  const Answer answer = read_answer(exchange, expectations_.group_ttl);
  if (answer.says != Says::document || !answer.document.is_object()) return;
  const auto data = answer.document.find("data");
  if (data == answer.document.end() || !data->is_array()) return;
  Listed packages;
  for (const auto& entry : *data) {
    std::optional<std::int64_t> id;
    try {
      Fields fields;
      id = fields.whole(entry, "id", "/data");
      packages[*id] = read_package({{"data", entry}}, *id, fields);
    } catch (const Malformed&) {
      if (!id) return;
      packages[*id] = std::nullopt;
    }
  }
  lists_.emplace_back(heard(exchange, "the list of packages", answer), std::move(packages));
}

void ClientEvidence::hear_page(const Exchanged& exchange, const Target& target) {
  const Answer answer = read_answer(exchange, expectations_.group_ttl);
  HeardPage page{heard(exchange, group_name(target.id), answer), target.page, {}};
  if (target.page != 1) page.story += " (page " + std::to_string(target.page) + ")";
  Fields fields;
  try {
    if (answer.says == Says::document) {
      page.facts = read_page(answer.document, target.id, needed_, fields);
    }
  } catch (const Malformed& malformed) {
    page.says = Says::nothing;
    page.story += std::string(" but ") + malformed.what();
  }
  page.doubtful = page.doubtful || fields.doubtful();
  pages_[target.id].push_back(std::move(page));
}

bool ClientEvidence::is_believable(const Heard& heard, bool truly_gone) const {
  if (truly_gone || !expectations_.confirm_missing) return true;
  return std::any_of(vouched_.begin(), vouched_.end(),
                     [&](std::size_t number) { return number > heard.number; });
}

std::optional<Reading<PackageFacts>> ClientEvidence::listed(std::int64_t id) const {
  if (lists_.empty()) return std::nullopt;
  const auto& [heard, packages] = lists_.back();
  const auto found = packages.find(id);
  const bool there = found != packages.end();
  if (there && !found->second) return std::nullopt;
  auto reading = reading_of<PackageFacts>(heard, there ? Known::found : Known::missing);
  if (there) reading.facts = *found->second;
  return reading;
}

ClientEvidence::Readings<PackageFacts> ClientEvidence::fresh_package(std::int64_t id) const {
  Readings<PackageFacts> readings;
  if (auto reading = listed(id)) readings.push_back(*std::move(reading));
  const auto at = packages_.find(id);
  if (at == packages_.end()) return readings;
  for (const HeardPackage& heard : at->second) {
    if (heard.says == Says::document) {
      auto reading = reading_of<PackageFacts>(heard, Known::found);
      reading.facts = heard.facts;
      add_unless_known(readings, std::move(reading));
    }
    const bool gone = heard.truth && !heard.truth->packages.contains(id);
    if (heard.says != Says::not_found || !is_believable(heard, gone)) continue;
    auto reading = reading_of<PackageFacts>(heard, Known::missing);
    reading.lied = reading.lied || !gone;
    add_unless_known(readings, std::move(reading));
  }
  return readings;
}

ClientEvidence::Readings<GroupFacts> ClientEvidence::fresh_group(std::int64_t id) const {
  const auto at = pages_.find(id);
  if (at == pages_.end()) return {};
  std::optional<std::string> contradicts;
  Readings<GroupFacts> readings = whole_groups(at->second, contradicts);
  for (const HeardPage& heard : at->second) {
    const bool gone = heard.truth && !heard.truth->groups.contains(id);
    if (heard.says != Says::not_found || heard.asked_for != 1) continue;
    if (!is_believable(heard, gone)) continue;
    auto reading = reading_of<GroupFacts>(heard, Known::missing);
    reading.lied = reading.lied || !gone;
    add_unless_known(readings, std::move(reading));
  }
  return readings;
}

// Pages belong together when they agree on how many there are; where one came twice and differs,
// either may have been used.
ClientEvidence::Readings<GroupFacts> ClientEvidence::whole_groups(
    const std::vector<HeardPage>& pages, std::optional<std::string>& contradicts) {
  using Figures = std::tuple<std::int64_t, std::int64_t, std::int64_t>;
  std::map<Figures, std::map<std::int64_t, std::vector<const HeardPage*>>> kinds;
  for (const HeardPage& page : pages) {
    if (page.says != Says::document) continue;
    const Figures figures{page.facts.per_page, page.facts.last, page.facts.total};
    kinds[figures][page.asked_for].push_back(&page);
  }
  Readings<GroupFacts> readings;
  for (const auto& [figures, numbers] : kinds) {
    if (std::get<1>(figures) != static_cast<std::int64_t>(numbers.size())) continue;
    std::size_t rounds = 1;
    for (const auto& [number, versions] : numbers) rounds = std::max(rounds, versions.size());
    for (std::size_t round = 0; round < rounds; ++round) {
      PageSequence sequence;
      Reading<GroupFacts> reading;
      reading.known = Known::found;
      std::optional<std::string> wrong;
      for (const auto& [number, versions] : numbers) {
        const HeardPage& page = *versions[std::min(round, versions.size() - 1)];
        reading.may_keep = reading.may_keep || page.doubtful;
        reading.lied = reading.lied || page.lied;
        reading.story = page.story;
        reading.at = page.at;
        reading.truth = page.truth;
        if (!wrong) wrong = sequence.add(page.facts);
      }
      if (wrong) {
        contradicts = reading.story + " but " + *wrong;
        continue;
      }
      reading.facts = sequence.joined();
      add_unless_known(readings, std::move(reading));
    }
  }
  return readings;
}

template <class Facts>
std::chrono::seconds ClientEvidence::lifetime(const Reading<Facts>& reading) const {
  if (reading.known == Known::missing) return expectations_.missing_ttl;
  return std::is_same_v<Facts, PackageFacts> ? expectations_.package_ttl : expectations_.group_ttl;
}

template <class Facts>
void ClientEvidence::recall(const std::map<std::int64_t, Readings<Facts>>& memory, std::int64_t id,
                            Time now, Readings<Facts>& readings) const {
  const auto known = memory.find(id);
  if (known == memory.end()) return;
  for (const Reading<Facts>& reading : known->second) {
    if (now - reading.at <= lifetime(reading)) add_unless_known(readings, reading);
  }
}

ClientEvidence::Readings<PackageFacts> ClientEvidence::package(std::int64_t id, Time now) const {
  Readings<PackageFacts> readings = fresh_package(id);
  recall(known_packages_, id, now, readings);
  if (!readings.empty()) return readings;
  Reading<PackageFacts> nothing;
  nothing.story = package_name(id) + " was not asked for";
  if (const auto asked = packages_.find(id); asked != packages_.end()) {
    nothing = reading_of<PackageFacts>(asked->second.back(), Known::unavailable);
    if (asked->second.back().says == Says::not_found) {
      nothing.story += ", which no GET /connect vouched for";
    }
  } else if (const auto old = known_packages_.find(id); old != known_packages_.end()) {
    nothing = old->second.back();
    nothing.known = Known::stale;
    nothing.story += ", which is too long ago";
  }
  return {nothing};
}

ClientEvidence::Readings<GroupFacts> ClientEvidence::group(std::int64_t id, Time now) const {
  Readings<GroupFacts> readings = fresh_group(id);
  recall(known_groups_, id, now, readings);
  if (!readings.empty()) return readings;
  Reading<GroupFacts> nothing;
  nothing.story = group_name(id) + " was not asked for";
  const auto asked = pages_.find(id);
  if (asked == pages_.end()) {
    const auto old = known_groups_.find(id);
    if (old == known_groups_.end()) return {nothing};
    nothing = old->second.back();
    nothing.known = Known::stale;
    nothing.story += ", which is too long ago";
    return {nothing};
  }
  std::optional<std::string> contradicts;
  (void)whole_groups(asked->second, contradicts);
  for (const HeardPage& page : asked->second) {
    const bool failed = page.says != Says::document;
    nothing = reading_of<GroupFacts>(page, failed ? Known::unavailable : Known::partial);
    if (failed) return {nothing};
    nothing.story += " as one of " + std::to_string(page.facts.last) +
                     " pages, and no whole set of pages that agree was read";
  }
  if (contradicts) {
    nothing.known = Known::unavailable;
    nothing.story = *contradicts;
  }
  return {nothing};
}

std::vector<std::unique_ptr<const Knowledge>> ClientEvidence::choices(const ShopColumns& columns,
                                                                      Time now) const {
  Chosen<PackageFacts> newest;  // what orders on their way may need
  for (const auto& [id, heard] : packages_) newest[id] = package(id, now).back();
  for (const auto& [id, known] : known_packages_) newest.try_emplace(id, package(id, now).back());
  if (!lists_.empty()) {
    for (const auto& [id, facts] : lists_.back().second) {
      if (auto reading = listed(id)) newest.try_emplace(id, *std::move(reading));
    }
  }
  struct Way {
    Chosen<PackageFacts> packages;
    Chosen<GroupFacts> groups;
  };
  std::vector<Way> ways;
  for (const auto& reading : package(columns.package, now)) {
    ways.push_back({newest, {}});
    ways.back().packages[columns.package] = reading;
  }
  for (const std::int64_t id : columns.groups) {
    std::vector<Way> longer;
    for (const auto& reading : group(id, now)) {
      for (const Way& way : ways) {
        if (longer.size() == choices_max) break;
        longer.push_back(way);
        longer.back().groups[id] = reading;
      }
    }
    ways = std::move(longer);
  }
  std::vector<std::unique_ptr<const Knowledge>> all;
  all.reserve(ways.size());
  for (Way& way : ways) {
    all.push_back(std::make_unique<Choice>(std::move(way.packages), std::move(way.groups)));
  }
  return all;
}

}  // namespace vfstock::sim::invariants
