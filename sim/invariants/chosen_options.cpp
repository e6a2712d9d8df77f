#include "sim/invariants/chosen_options.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string_view>

namespace vfstock::sim::invariants {
namespace {

enum class Subject { other, memory, cores, storage, profile, addresses, package };

/// The option's name in small letters with everything else as single blanks, and one at each end.
std::string words_of(const std::string& stored) {
  std::string words = " ";
  for (const char c : stored.substr(0, stored.find('|'))) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_letter = byte < 128 && std::isalpha(byte) != 0;
    words += is_letter ? static_cast<char>(std::tolower(byte)) : ' ';
  }
  return words + " ";
}

/// Long words may be the beginning of one ("cores", "additional"), short ones must stand alone.
bool has_word(const std::string& words, const std::vector<std::string>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    const bool whole = word.size() <= 3;
    return words.find(" " + word + (whole ? " " : "")) != std::string::npos;
  });
}

Subject subject_of(const std::string& option) {
  const std::string words = words_of(option);
  if (has_word(words, {"backup", "snapshot", "speed", "traffic", "bandwidth", "model", "support",
                       "software", "swap"})) {
    return Subject::other;
  }
  const bool of_disks = has_word(words, {"storage", "disk", "ssd", "nvme", "hdd"});
  if (has_word(words, {"type", "profile", "class", "tier"})) {
    return of_disks ? Subject::profile : Subject::other;
  }
  if (has_word(words, {"memory", "ram"})) return Subject::memory;
  if (has_word(words, {"core", "cpu", "cpus", "vcpu", "vcore"})) return Subject::cores;
  if (of_disks) return Subject::storage;
  if (has_word(words, {"ipv", "ip address", "ips"})) {
    const bool is_v6 = option.find("v6") != std::string::npos;
    return is_v6 ? Subject::other : Subject::addresses;
  }
  return has_word(words, {"package"}) ? Subject::package : Subject::other;
}

bool comes_on_top(const std::string& option) {
  const std::string words = words_of(option);
  return has_word(words, {"extra", "additional", "further", "more", "second", "add on", "addon"});
}

struct Value {
  std::int64_t number = 0;
  std::string unit;  // "gb"
  bool plus = false;
};

std::size_t after_blanks(const std::string& text, std::size_t at) {
  return std::min(text.size(), text.find_first_not_of(" \t\n\v\f\r", at));
}

std::optional<Value> value_of(const std::string& stored) {
  constexpr std::int64_t most = std::int64_t{1} << 31;
  const std::string text = stored.substr(0, stored.find('|'));
  Value value;
  std::size_t at = after_blanks(text, 0);
  value.plus = at < text.size() && text[at] == '+';
  if (value.plus) at = after_blanks(text, at + 1);
  const std::size_t first = at;
  const auto digit = [&](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  for (; digit(at); ++at) value.number = std::min(most, value.number * 10 + (text[at] - '0'));
  if (at == first) return std::nullopt;
  if (at < text.size() && (text[at] == '.' || text[at] == ',') && digit(at + 1)) {
    bool rest = false;
    for (++at; digit(at); ++at) rest = rest || text[at] != '0';
    if (rest) ++value.number;
  }
  for (at = after_blanks(text, at);
       at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0; ++at) {
    value.unit += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
  }
  return value;
}

bool is_unit(const Value& value, char letter) {
  const std::string unit = value.unit;
  return unit == std::string(1, letter) || unit == std::string(1, letter) + "b" ||
         unit == std::string(1, letter) + "ib";
}

std::int64_t amount(Subject subject, const Value& value) {
  if (subject == Subject::memory) {
    if (is_unit(value, 't')) return value.number * 1024 * 1024;
    const bool in_gigabytes = is_unit(value, 'g') || (!is_unit(value, 'm') && value.number < 1024);
    return in_gigabytes ? value.number * 1024 : value.number;
  }
  if (subject == Subject::storage) {
    if (is_unit(value, 't')) return value.number * 1024;
    if (is_unit(value, 'm')) return (value.number + 1023) / 1024;
  }
  return value.number;
}

void list_once(std::vector<std::int64_t>& list, std::int64_t id) {
  if (id > 0 && std::count(list.begin(), list.end(), id) == 0) list.push_back(id);
}

std::int64_t enlarged(std::int64_t packaged, const ChosenOptions::Largest& largest) {
  return std::max(packaged, largest.whole) + largest.more;
}

}  // namespace

ChosenOptions chosen_options(const Row& row, const std::string& location_option) {
  ChosenOptions chosen;
  const std::map<Subject, ChosenOptions::Largest*> parts{{Subject::memory, &chosen.memory_mb},
                                                         {Subject::cores, &chosen.cores},
                                                         {Subject::storage, &chosen.storage_gb},
                                                         {Subject::addresses, &chosen.addresses}};
  std::map<std::string, std::pair<Subject, std::int64_t>> on_top;
  for (const auto& [stored, value_name] : row.options) {
    const std::string option = stored.substr(0, stored.find('|'));
    const Subject subject = subject_of(option);
    const std::optional<Value> value = value_of(value_name);
    if (option == location_option || subject == Subject::other || !value) continue;
    if (subject == Subject::package) list_once(chosen.packages, value->number);
    if (subject == Subject::profile) list_once(chosen.profiles, value->number);
    const auto part = parts.find(subject);
    if (part == parts.end()) continue;
    const std::int64_t number = amount(subject, *value);
    if (value->plus || comes_on_top(option)) {
      auto& largest = on_top.try_emplace(option, subject, 0).first->second.second;
      largest = std::max(largest, number);
    } else {
      part->second->whole = std::max(part->second->whole, number);
    }
  }
  for (const auto& [option, largest] : on_top) parts.at(largest.first)->more += largest.second;
  return chosen;
}

std::vector<Need> largest_needs(const std::vector<PackageFacts>& packages,
                                std::optional<std::int64_t> addresses,
                                const ChosenOptions& options) {
  std::vector<Need> needs;
  for (const PackageFacts& package : packages) {
    Need need{package, addresses};
    need.package.memory_mb = enlarged(package.memory_mb, options.memory_mb);
    need.package.cores = enlarged(package.cores, options.cores);
    need.package.storage_gb = enlarged(package.storage_gb, options.storage_gb);
    const std::int64_t wanted = enlarged(addresses.value_or(0), options.addresses);
    if (wanted > 0) need.addresses = wanted;
    needs.push_back(need);
    for (const std::int64_t profile : options.profiles) {
      need.package.storage_profile = profile;
      needs.push_back(need);
    }
  }
  return needs;
}

}  // namespace vfstock::sim::invariants
