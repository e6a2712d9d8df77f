#include "engine/plan/policy_text.h"

#include <array>
#include <utility>

namespace vfstock::plan {
namespace {

template <class Enum, std::size_t n>
using Names = std::array<std::pair<Enum, std::string_view>, n>;

template <class Enum>
constexpr auto names = nullptr;

template <>
constexpr Names<capacity::StorageMatch, 3> names<capacity::StorageMatch> = {
    {{capacity::StorageMatch::storage_type, "storage-type"},
     {capacity::StorageMatch::storage_type_other, "storage-type-other"},
     {capacity::StorageMatch::pool_id, "pool-id"}}};

template <>
constexpr Names<capacity::Ipv4Cap, 4> names<capacity::Ipv4Cap> = {
    {{capacity::Ipv4Cap::exact, "exact"},
     {capacity::Ipv4Cap::group_nested, "group-nested"},
     {capacity::Ipv4Cap::nested, "nested"},
     {capacity::Ipv4Cap::group_max, "group-max"}}};

template <>
constexpr Names<capacity::ServerSlots, 2> names<capacity::ServerSlots> = {
    {{capacity::ServerSlots::ignore, "ignore"}, {capacity::ServerSlots::enforce, "enforce"}}};

template <>
constexpr Names<capacity::SharedStorage, 2> names<capacity::SharedStorage> = {
    {{capacity::SharedStorage::none, "none"}, {capacity::SharedStorage::by_name, "by-name"}}};

template <>
constexpr Names<Maintenance, 2> names<Maintenance> = {
    {{Maintenance::ignore, "ignore"}, {Maintenance::exclude, "exclude"}}};

template <>
constexpr Names<Ipv4Zero, 2> names<Ipv4Zero> = {{{Ipv4Zero::one, "one"}, {Ipv4Zero::none, "none"}}};

template <>
constexpr Names<Forget, 3> names<Forget> = {{{Forget::all_groups, "all-groups"},
                                             {Forget::default_group, "default-group"},
                                             {Forget::none, "none"}}};

template <>
constexpr Names<AcceptWhen, 2> names<AcceptWhen> = {
    {{AcceptWhen::all_provisioned, "all-provisioned"},
     {AcceptWhen::first_provisioned, "first-provisioned"}}};

template <>
constexpr Names<BrakeRelease, 2> names<BrakeRelease> = {
    {{BrakeRelease::second_look, "second-look"}, {BrakeRelease::forced, "forced"}}};

template <>
constexpr Names<OptionOverrides, 2> names<OptionOverrides> = {
    {{OptionOverrides::package, "package"}, {OptionOverrides::largest, "largest"}}};

}  // namespace

template <class Enum>
std::string_view text_of(Enum choice) noexcept {
  for (const auto& [value, text] : names<Enum>) {
    if (value == choice) return text;
  }
  return "unknown";
}

template <class Enum>
std::optional<Enum> parse_choice(std::string_view text) noexcept {
  for (const auto& [value, known] : names<Enum>) {
    if (known == text) return value;
  }
  return std::nullopt;
}

template <class Enum>
std::vector<std::string_view> choices() {
  std::vector<std::string_view> texts;
  for (const auto& [value, text] : names<Enum>) texts.push_back(text);
  return texts;
}

template std::string_view text_of(capacity::StorageMatch) noexcept;
template std::string_view text_of(capacity::Ipv4Cap) noexcept;
template std::string_view text_of(capacity::ServerSlots) noexcept;
template std::string_view text_of(capacity::SharedStorage) noexcept;
template std::string_view text_of(Maintenance) noexcept;
template std::string_view text_of(Ipv4Zero) noexcept;
template std::string_view text_of(Forget) noexcept;
template std::string_view text_of(AcceptWhen) noexcept;
template std::string_view text_of(BrakeRelease) noexcept;
template std::string_view text_of(OptionOverrides) noexcept;

template std::optional<capacity::StorageMatch> parse_choice(std::string_view) noexcept;
template std::optional<capacity::Ipv4Cap> parse_choice(std::string_view) noexcept;
template std::optional<capacity::ServerSlots> parse_choice(std::string_view) noexcept;
template std::optional<capacity::SharedStorage> parse_choice(std::string_view) noexcept;
template std::optional<Maintenance> parse_choice(std::string_view) noexcept;
template std::optional<Ipv4Zero> parse_choice(std::string_view) noexcept;
template std::optional<Forget> parse_choice(std::string_view) noexcept;
template std::optional<AcceptWhen> parse_choice(std::string_view) noexcept;
template std::optional<BrakeRelease> parse_choice(std::string_view) noexcept;
template std::optional<OptionOverrides> parse_choice(std::string_view) noexcept;

template std::vector<std::string_view> choices<capacity::StorageMatch>();
template std::vector<std::string_view> choices<capacity::Ipv4Cap>();
template std::vector<std::string_view> choices<capacity::ServerSlots>();
template std::vector<std::string_view> choices<capacity::SharedStorage>();
template std::vector<std::string_view> choices<Maintenance>();
template std::vector<std::string_view> choices<Ipv4Zero>();
template std::vector<std::string_view> choices<Forget>();
template std::vector<std::string_view> choices<AcceptWhen>();
template std::vector<std::string_view> choices<BrakeRelease>();
template std::vector<std::string_view> choices<OptionOverrides>();

}  // namespace vfstock::plan
