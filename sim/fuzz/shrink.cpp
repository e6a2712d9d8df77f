#include "sim/fuzz/shrink.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "mockpanel/model/duration.h"
#include "sim/fuzz/mood.h"

namespace vfstock::sim::fuzz {
namespace {

using document::Json;
using Pointer = Json::json_pointer;

class Shrinker {
 public:
  Shrinker(Json document, const StillFails& still_fails, std::int64_t tries_max)
      : best_(std::move(document)), still_fails_(still_fails), tries_max_(tries_max) {}

  Shrunk run() {
    for (bool better = true; better && tried_ < tries_max_;) {
      better = false;
      better |= shorten_timeline();
      better |= drop_members(Pointer("/timeline"));
      better |= drop_members(Pointer("/policy"));
      better |= drop_members(Pointer("/shop"));
      better |= drop_members(Pointer("/panel"));
      better |= close_gaps();
      better |= simplify_numbers(Pointer("/timeline"));
      better |= simplify_numbers(Pointer("/shop"));
      better |= simplify_numbers(Pointer("/panel"));
    }
    return {std::move(best_), tried_};
  }

 private:
  bool take(const Json& candidate) {
    if (tried_ >= tries_max_ || candidate == best_) return false;
    ++tried_;
    std::optional<Json> failing = still_fails_(candidate);
    if (!failing) return false;
    best_ = *std::move(failing);
    return true;
  }

  // Leaves out stretches of steps, long ones first.
  bool shorten_timeline() {
    bool better = false;
    for (std::size_t length = best_["timeline"].size() / 2; length >= 1; length /= 2) {
      for (std::size_t from = best_["timeline"].size(); from > 0;) {
        from -= std::min(length, from);
        Json candidate = best_;
        Json& steps = candidate["timeline"];
        const std::size_t to = std::min(from + length, steps.size());
        if (to - from >= steps.size()) continue;
        steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(from),
                    steps.begin() + static_cast<std::ptrdiff_t>(to));
        better |= take(candidate);
      }
    }
    return better;
  }

  // Leaves out whatever is below `place`: elements of arrays and members of objects, the greater
  // part first.
  bool drop_members(const Pointer& place) {
    if (!best_.contains(place)) return false;
    bool better = false;
    std::vector<Pointer> below;
    const Json& at = best_.at(place);
    if (at.is_array()) {
      for (std::size_t i = at.size(); i-- > 0;) below.push_back(place / i);
    } else if (at.is_object()) {
      for (const auto& [key, value] : at.items()) below.push_back(place / key);
    }
    for (const Pointer& child : below) {
      if (!best_.contains(child)) continue;
      Json candidate = best_;
      Json& parent = candidate[place];
      if (parent.is_array()) {
        parent.erase(std::stoul(child.back()));
      } else {
        parent.erase(child.back());
      }
      if (take(candidate)) {
        better = true;
      } else {
        better |= drop_members(child);
      }
    }
    return better;
  }

  // Brings each step nearer to the one before it, and all later ones with it.
  bool close_gaps() {
    bool better = false;
    for (std::size_t i = 0; i < best_["timeline"].size(); ++i) {
      using namespace std::chrono_literals;
      const auto before = i == 0 ? 0ms : moment(i - 1);
      const auto gap = moment(i) - before;
      for (const std::chrono::milliseconds wanted :
           {0ms, 1000ms, 60'000ms, 3'600'000ms, 7'200'000ms, gap / 3'600'000 * 3'600'000,
            gap / 60'000 * 60'000, gap / 1000 * 1000}) {
        if (wanted >= gap || !take(moved(i, gap - wanted))) continue;
        better = true;
        break;
      }
    }
    return better;
  }

  std::chrono::milliseconds moment(std::size_t step) const {
    const std::string text = best_["timeline"][step].value("at", std::string("0s"));
    return mockpanel::model::duration_from(text).value_or(std::chrono::milliseconds{0});
  }

  Json moved(std::size_t from, std::chrono::milliseconds earlier) const {
    Json candidate = best_;
    for (std::size_t i = from; i < candidate["timeline"].size(); ++i) {
      Json& step = candidate["timeline"][i];
      step["at"] = duration_text(moment(i) - earlier);
      if (!step.contains("cron") || !step["cron"].contains("until")) continue;
      const auto until =
          mockpanel::model::duration_from(step["cron"]["until"].get_ref<const std::string&>());
      if (until) step["cron"]["until"] = duration_text(*until - earlier);
    }
    return candidate;
  }

  bool simplify_numbers(const Pointer& place) {
    if (!best_.contains(place)) return false;
    std::vector<Pointer> numbers;
    collect_numbers(best_.at(place), place, numbers);
    bool better = false;
    for (const Pointer& number : numbers) {
      if (!best_.contains(number) || !best_.at(number).is_number_integer()) continue;
      const std::int64_t value = best_.at(number).get<std::int64_t>();
      for (const std::int64_t simpler :
           {std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{10}, std::int64_t{100},
            std::int64_t{1000}, std::int64_t{1024}, value / 2}) {
        if (std::abs(simpler) >= std::abs(value)) continue;
        Json candidate = best_;
        candidate[number] = simpler;
        if (!take(candidate)) continue;
        better = true;
        break;
      }
    }
    return better;
  }

  static void collect_numbers(const Json& at, const Pointer& place, std::vector<Pointer>& into) {
    if (at.is_number_integer()) {
      // Ids only name things.
      const std::string& key = place.back();
      if (key != "id" && key != "service" && key != "order" && key != "product") {
        into.push_back(place);
      }
    } else if (at.is_array()) {
      for (std::size_t i = 0; i < at.size(); ++i) collect_numbers(at[i], place / i, into);
    } else if (at.is_object()) {
      for (const auto& [key, value] : at.items()) collect_numbers(value, place / key, into);
    }
  }

  Json best_;
  const StillFails& still_fails_;
  std::int64_t tries_max_;
  std::int64_t tried_ = 0;
};

}  // namespace

Shrunk shrink(Json document, const StillFails& still_fails, std::int64_t tries_max) {
  return Shrinker(std::move(document), still_fails, tries_max).run();
}

}  // namespace vfstock::sim::fuzz
