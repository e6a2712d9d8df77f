#include "engine/catalogue/overrides.h"

#include <map>
#include <optional>

#include "engine/base/text.h"
#include "engine/catalogue/locations.h"
#include "engine/catalogue/option_words.h"

namespace vfstock::catalogue {
namespace {

/// More than any panel can have of anything, and small enough to be multiplied by a unit.
constexpr std::int64_t amount_max = std::int64_t{1} << 31;

struct Amount {
  std::int64_t number = 0;
  char unit = '\0';  // 'm', 'g' or 't' of bytes
  bool is_on_top = false;
};

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

std::int64_t take_digits(std::string_view& text) {
  std::int64_t number = 0;
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) {
    number = std::min(amount_max, number * 10 + (text.front() - '0'));
  }
  return number;
}

/// "GB", "gib" and "g" are 'g'; what is no unit of bytes is none.
char unit_of(std::string_view text) {
  std::string word = lower(text);
  word.erase(std::min(word.size(), word.find_first_not_of("abcdefghijklmnopqrstuvwxyz")));
  for (const char unit : {'m', 'g', 't'}) {
    if (word == std::string{unit} || word == std::string{unit, 'b'} ||
        word == std::string{unit, 'i', 'b'}) {
      return unit;
    }
  }
  return '\0';
}

std::optional<Amount> amount_of(std::string_view value) {
  std::string_view text = trimmed(machine_name(value));
  Amount amount;
  amount.is_on_top = text.starts_with('+');
  if (amount.is_on_top) text = trimmed(text.substr(1));
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  amount.number = take_digits(text);
  const bool has_fraction =
      text.size() > 1 && (text[0] == '.' || text[0] == ',') && is_digit(text[1]);
  if (has_fraction) {
    text.remove_prefix(1);
    if (take_digits(text) > 0) ++amount.number;
  }
  amount.unit = unit_of(trimmed(text));
  return amount;
}

std::int64_t megabytes(const Amount& amount) {
  switch (amount.unit) {
    case 'm':
      return amount.number;
    case 'g':
      return amount.number * 1024;
    case 't':
      return amount.number * 1024 * 1024;
    default:
      return amount.number < 1024 ? amount.number * 1024 : amount.number;
  }
}

std::int64_t gigabytes(const Amount& amount) {
  if (amount.unit == 'm') return (amount.number + 1023) / 1024;
  return amount.unit == 't' ? amount.number * 1024 : amount.number;
}

std::int64_t in_units_of(Chosen chosen, const Amount& amount) {
  if (chosen == Chosen::memory) return megabytes(amount);
  return chosen == Chosen::storage ? gigabytes(amount) : amount.number;
}

LargestChoice* choice_of(Overrides& overrides, Chosen chosen) {
  switch (chosen) {
    case Chosen::memory:
      return &overrides.memory_mb;
    case Chosen::cores:
      return &overrides.cores;
    case Chosen::storage:
      return &overrides.storage_gb;
    case Chosen::ipv4:
      return &overrides.ipv4_addresses;
    case Chosen::nothing:
    case Chosen::storage_profile:
    case Chosen::package:
      break;
  }
  return nullptr;
}

}  // namespace

Overrides largest_overrides(std::span<const OptionValue> options,
                            std::string_view location_option) {
  Overrides overrides;
  std::map<std::string_view, std::int64_t> on_top;  // the largest value of each option
  for (const OptionValue& value : options) {
    const std::string_view name = machine_name(value.option);
    const Chosen chosen = name == location_option ? Chosen::nothing : chosen_in(name);
    const std::optional<Amount> amount = amount_of(value.value);
    if (chosen == Chosen::nothing || !amount) continue;
    if (chosen == Chosen::package) add_once(overrides.packages, amount->number);
    if (chosen == Chosen::storage_profile) add_once(overrides.storage_profiles, amount->number);
    LargestChoice* const largest = choice_of(overrides, chosen);
    if (largest == nullptr) continue;
    const std::int64_t number = in_units_of(chosen, *amount);
    if (!amount->is_on_top && !is_on_top(name)) {
      largest->in_place = std::max(largest->in_place, number);
      continue;
    }
    std::int64_t& before = on_top[name];
    largest->on_top += std::max(before, number) - before;
    before = std::max(before, number);
  }
  return overrides;
}

std::vector<std::string> overriding_options(std::span<const OptionValue> options,
                                            std::string_view location_option) {
  std::vector<std::string> names;
  for (const OptionValue& value : options) {
    const std::string_view name = machine_name(value.option);
    if (name == location_option || chosen_in(name) == Chosen::nothing) continue;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
  }
  return names;
}

}  // namespace vfstock::catalogue
