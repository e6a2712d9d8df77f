#include "mockpanel/api/form.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "mockpanel/api/message.h"

namespace vfstock::mockpanel::api {
namespace {

constexpr std::size_t fields_max = 1000;
constexpr std::size_t levels_max = 64;

/// "a[b][]" is {"a", "b", ""}. A bracket that is never closed belongs to the name.
std::vector<std::string> steps_of(std::string_view name) {
  std::vector<std::string> steps;
  const std::size_t open = name.find('[');
  const bool nested =
      open != std::string_view::npos && open > 0 && name.find(']', open) != std::string_view::npos;
  std::string first(nested ? name.substr(0, open) : name);
  // PHP cannot have these in the name of a variable.
  std::replace_if(
      first.begin(), first.end(), [](char c) { return c == '.' || c == ' '; }, '_');
  steps.push_back(std::move(first));
  std::string_view rest = nested ? name.substr(open) : std::string_view{};
  while (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    if (close == std::string_view::npos) break;
    steps.emplace_back(rest.substr(1, close - 1));
    rest.remove_prefix(close + 1);
  }
  return steps;
}

/// The key that "[]" stands for: one after the largest number among the keys.
std::string next_key(const Json& object) {
  std::int64_t next = 0;
  for (const auto& [key, value] : object.items()) {
    const bool digits =
        !key.empty() && key.size() < 16 &&
        std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits) next = std::max<std::int64_t>(next, std::stoll(key) + 1);
  }
  return std::to_string(next);
}

void assign(Json& form, std::string_view name, std::string value) {
  const std::vector<std::string> steps = steps_of(name);
  if (steps.size() > levels_max || steps.front().empty()) return;
  Json* place = &form;
  for (const std::string& step : steps) {
    if (!place->is_object()) *place = Json::object();
    place = &(*place)[step.empty() ? next_key(*place) : step];
  }
  *place = std::move(value);
}

/// Cuts `text` at the first `mark`; the mark itself is in neither part.
std::string_view take_until(std::string_view& text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  const std::string_view part = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view{} : text.substr(at + mark.size());
  return part;
}

/// The value of a parameter such as name="x" or boundary=x.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  for (std::size_t at = header.find(';'); at != std::string_view::npos; at = header.find(';', at)) {
    ++at;
    std::string_view rest = header.substr(at);
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (!rest.starts_with(name) || !rest.substr(name.size()).starts_with('=')) continue;
    rest.remove_prefix(name.size() + 1);
    if (!rest.starts_with('"')) return std::string(rest.substr(0, rest.find(';')));
    rest.remove_prefix(1);
    return std::string(rest.substr(0, rest.find('"')));
  }
  return std::nullopt;
}

/// The Content-Disposition among the head lines of a part.
std::string_view disposition(std::string_view head) {
  while (!head.empty()) {
    const std::string_view line = take_until(head, "\r\n");
    const std::string_view name = line.substr(0, line.find(':'));
    if (same_name(name, "Content-Disposition")) return line;
  }
  return {};
}

}  // namespace

Json read_form(std::string_view text) {
  Json form = Json::object();
  for (std::size_t fields = 0; !text.empty() && fields < fields_max; ++fields) {
    const std::string_view pair = take_until(text, "&");
    const std::size_t equals = pair.find('=');
    const std::string value =
        equals == std::string_view::npos ? "" : decoded(pair.substr(equals + 1), true);
    assign(form, decoded(pair.substr(0, equals), true), value);
  }
  return form;
}

Json read_multipart(std::string_view text, std::string_view content_type) {
  Json form = Json::object();
  const auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty()) return form;
  const std::string mark = "--" + *boundary;
  take_until(text, mark);
  for (std::size_t fields = 0; !text.empty() && fields < fields_max; ++fields) {
    std::string_view part = take_until(text, "\r\n" + mark);
    if (!part.starts_with("\r\n")) break;
    part.remove_prefix(2);
    const std::string_view line = disposition(take_until(part, "\r\n\r\n"));
    const auto name = parameter(line, "name");
    if (name && !parameter(line, "filename")) assign(form, *name, std::string(part));
  }
  return form;
}

}  // namespace vfstock::mockpanel::api
