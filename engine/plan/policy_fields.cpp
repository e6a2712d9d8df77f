#include "engine/plan/policy_fields.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <type_traits>

#include <fmt/format.h>

#include "engine/base/duration.h"
#include "engine/plan/policy_text.h"

namespace vfstock::plan {
namespace {

template <class T>
constexpr bool is_time =
    std::is_same_v<T, std::chrono::seconds> || std::is_same_v<T, std::chrono::milliseconds>;
template <class T>
constexpr bool is_number = std::is_same_v<T, int> || std::is_same_v<T, std::int64_t> ||
                           std::is_same_v<T, std::optional<std::int64_t>>;

/// What `visit(member)` gives for the field's member of `policy`.
template <class Visit>
auto with_member(Policy& policy, const PolicyField& field, Visit&& visit) {
  return std::visit([&](auto member) { return visit(member(policy)); }, field.member);
}

std::string choices_text(const std::vector<std::string_view>& texts, std::string_view last) {
  std::string list;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) list += i + 1 == texts.size() ? last : ", ";
    list += texts[i];
  }
  return list;
}

std::string none_of(std::string_view text, const std::vector<std::string_view>& known) {
  return fmt::format("'{}' is none of {}", text, choices_text(known, ", "));
}

std::optional<std::int64_t> number_from(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return value;
}

/// "3=35,7=2": hypervisor 3 takes 35 servers at most, hypervisor 7 two.
std::optional<capacity::NodeCaps> node_caps_from(std::string_view text) {
  capacity::NodeCaps caps;
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(item.size());
    if (text == ",") return std::nullopt;
    if (!text.empty()) text.remove_prefix(1);
    const std::size_t sign = item.find('=');
    if (sign == std::string_view::npos) return std::nullopt;
    const auto id = number_from(item.substr(0, sign));
    const auto most = number_from(item.substr(sign + 1));
    if (!id || !most || *id < 1 || *most < 0) return std::nullopt;
    if (!caps.emplace(*id, *most).second) return std::nullopt;
  }
  return caps;
}

std::string node_caps_text(const capacity::NodeCaps& caps) {
  std::string text;
  for (const auto& [id, most] : caps) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ",", id, most);
  }
  return text;
}

template <class T>
std::optional<std::string> take(T& member, const PolicyField& field, std::string_view text) {
  if constexpr (std::is_same_v<T, bool>) {
    if (text != "on" && text != "off") return none_of(text, values(field));
    member = text == "on";
  } else if constexpr (is_number<T>) {
    const auto number = number_from(text);
    if (!number || *number < field.least || *number > field.most) {
      return "expected " + values_text(field);
    }
    if constexpr (std::is_same_v<T, int>) {
      member = static_cast<int>(*number);
    } else {
      member = *number;
    }
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (text.empty()) return "expected " + values_text(field);
    member = text;
  } else if constexpr (std::is_same_v<T, capacity::NodeCaps>) {
    const auto caps = node_caps_from(text);
    if (!caps) return fmt::format("'{}' is no list; expected {}", text, values_text(field));
    member = *caps;
  } else if constexpr (is_time<T>) {
    const auto time = duration_from(text);
    if (!time || time->count() < field.least || time->count() > field.most) {
      return fmt::format("'{}' is no time; expected {}", text, values_text(field));
    }
    member = std::chrono::ceil<T>(*time);
  } else {
    const auto choice = parse_choice<T>(text);
    if (!choice) return none_of(text, values(field));
    member = *choice;
  }
  return std::nullopt;
}

template <class T>
std::string written(const T& member) {
  if constexpr (std::is_same_v<T, bool>) {
    return member ? "on" : "off";
  } else if constexpr (std::is_same_v<T, std::optional<std::int64_t>>) {
    return member ? std::to_string(*member) : "";
  } else if constexpr (is_number<T>) {
    return std::to_string(member);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return member;
  } else if constexpr (std::is_same_v<T, capacity::NodeCaps>) {
    return node_caps_text(member);
  } else if constexpr (is_time<T>) {
    return duration_text(member);
  } else {
    return std::string(text_of(member));
  }
}

template <class T>
constexpr PolicyKind kind_of() {
  if (std::is_same_v<T, bool>) return PolicyKind::flag;
  if (is_number<T>) return PolicyKind::number;
  if (std::is_same_v<T, std::string>) return PolicyKind::text;
  if (std::is_same_v<T, capacity::NodeCaps>) return PolicyKind::caps;
  return is_time<T> ? PolicyKind::time : PolicyKind::choice;
}

template <class T>
std::vector<std::string_view> values_of() {
  if constexpr (kind_of<T>() == PolicyKind::flag) return {"off", "on"};
  if constexpr (kind_of<T>() == PolicyKind::choice) return choices<T>();
  return {};
}

}  // namespace

PolicyKind kind(const PolicyField& field) noexcept {
  return std::visit(
      [](auto member) {
        return kind_of<std::remove_reference_t<std::invoke_result_t<decltype(member), Policy&>>>();
      },
      field.member);
}

const PolicyField* policy_field(std::string_view name) noexcept {
  const auto found = std::find_if(policy_fields.begin(), policy_fields.end(),
                                  [name](const PolicyField& field) { return field.name == name; });
  return found == policy_fields.end() ? nullptr : &*found;
}

std::string option_name(const PolicyField& field) {
  std::string name(field.name);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

const PolicyField* field_of_option(std::string_view option) noexcept {
  const auto same = [](char letter, char in_option) {
    return letter == '_' ? in_option == '-' : letter == in_option;
  };
  const auto found =
      std::find_if(policy_fields.begin(), policy_fields.end(), [&](const PolicyField& field) {
        return std::equal(field.name.begin(), field.name.end(), option.begin(), option.end(), same);
      });
  return found == policy_fields.end() ? nullptr : &*found;
}

std::vector<std::string_view> values(const PolicyField& field) {
  return std::visit(
      [](auto member) {
        return values_of<
            std::remove_reference_t<std::invoke_result_t<decltype(member), Policy&>>>();
      },
      field.member);
}

std::string values_text(const PolicyField& field) {
  switch (kind(field)) {
    case PolicyKind::flag:
    case PolicyKind::choice:
      return choices_text(values(field), " or ");
    case PolicyKind::number:
      return fmt::format("a number from {} to {}", field.least, field.most);
    case PolicyKind::text:
      return "a text";
    case PolicyKind::caps:
      return "hypervisor=servers, ..., such as 3=35,7=2";
    case PolicyKind::time:
      return fmt::format("e.g. 500ms, 10s or 2m, {}at most {}",
                         field.least > 0 ? "above 0 and " : "",
                         duration_text(std::chrono::milliseconds{field.most}));
  }
  return {};
}

std::string value_text(const Policy& policy, const PolicyField& field) {
  Policy copy = policy;
  return with_member(copy, field, [](const auto& member) { return written(member); });
}

std::optional<std::string> set(Policy& policy, const PolicyField& field, std::string_view text) {
  return with_member(policy, field, [&](auto& member) { return take(member, field, text); });
}

Policy policy_from(const PolicyWords& words) {
  const auto named = words.find("policy");
  const std::string name = named == words.end() ? "default" : named->second;
  std::optional<Policy> policy = preset(name);
  if (!policy) {
    throw std::invalid_argument("--policy: " + none_of(name, {presets.begin(), presets.end()}));
  }
  for (const auto& [option, text] : words) {
    if (option == "policy") continue;
    const PolicyField* const field = field_of_option(option);
    if (field == nullptr) throw std::invalid_argument("--" + option + ": is no part of a policy");
    if (const auto refusal = set(*policy, *field, text)) {
      throw std::invalid_argument("--" + option + ": " + *refusal);
    }
  }
  return *policy;
}

}  // namespace vfstock::plan
