#include "engine/catalogue/option_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "engine/base/text.h"

namespace vfstock::catalogue {
namespace {

constexpr bool is_letter(char c) noexcept { return c >= 'a' && c <= 'z'; }

/// Whether one of the words begins in the name; a short one must be a word of its own.
bool names_any(std::string_view option, std::span<const std::string_view> words) {
  constexpr std::size_t short_word = 3;
  const std::string name = lower(option);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    for (auto at = name.find(word); at != std::string::npos; at = name.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool ends = end == name.size() || !is_letter(name[end]);
      const bool begins = at == 0 || !is_letter(name[at - 1]);
      if (begins && (ends || word.size() > short_word)) return true;
    }
    return false;
  });
}

}  // namespace

bool looks_like_location(std::string_view option) {
  constexpr std::array<std::string_view, 7> words{
      "location", "region", "datacent", "data cent", "standort", "hypervisor group", "country"};
  return names_any(option, words);
}

Chosen chosen_in(std::string_view option) {
  constexpr std::array<std::string_view, 9> not_its_size{"backup",  "snapshot",  "speed",
                                                         "traffic", "bandwidth", "model",
                                                         "support", "software",  "swap"};
  constexpr std::array<std::string_view, 4> kinds{"type", "profile", "class", "tier"};
  constexpr std::array<std::string_view, 5> storage{"storage", "disk", "ssd", "nvme", "hdd"};
  constexpr std::array<std::string_view, 2> memory{"memory", "ram"};
  constexpr std::array<std::string_view, 5> cores{"core", "cpu", "cpus", "vcpu", "vcore"};
  constexpr std::array<std::string_view, 3> ipv4{"ipv4", "ip address", "ips"};
  constexpr std::array<std::string_view, 1> package{"package"};
  if (names_any(option, not_its_size)) return Chosen::nothing;
  if (names_any(option, kinds)) {
    return names_any(option, storage) ? Chosen::storage_profile : Chosen::nothing;
  }
  if (names_any(option, memory)) return Chosen::memory;
  if (names_any(option, cores)) return Chosen::cores;
  if (names_any(option, storage)) return Chosen::storage;
  if (names_any(option, ipv4)) return Chosen::ipv4;
  return names_any(option, package) ? Chosen::package : Chosen::nothing;
}

bool is_on_top(std::string_view option) {
  constexpr std::array<std::string_view, 7> words{"extra",  "additional", "further", "more",
                                                  "second", "add-on",     "addon"};
  return names_any(option, words);
}

}  // namespace vfstock::catalogue
