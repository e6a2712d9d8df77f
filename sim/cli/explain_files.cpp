#include "sim/cli/explain_files.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "engine/panel/json_text.h"
#include "engine/panel/pages.h"
#include "engine/panel/unreadable.h"
#include "mockpanel/api/message.h"
#include "sim/document/read_bytes.h"

namespace vfstock::sim::cli {

namespace {

using nlohmann::json;

/// What the file says, where it can be read at all; only syntax stops here.
json look_at(const std::string& file, const std::string& body) {
  try {
    // What the engine would refuse is refused here; after that any reader reads the same.
    (void)panel::parse_json(body, static_cast<int>(document::nesting_max));
    return json::parse(body);
  } catch (const panel::Unreadable& error) {
    if (error.reason() == panel::Reason::malformed) return {};
    throw document::DocumentError(file + ": is not JSON that a panel writes: " + error.what());
  }
}

/// The group's id from the paging field "path"; nullopt when the file does not say.
std::optional<std::int64_t> group_in(const std::string& path) {
  const std::string before = "/groups/";
  const std::size_t start = path.rfind(before);
  if (start == std::string::npos || !path.ends_with("/resources")) return std::nullopt;
  std::int64_t id = 0;
  for (std::size_t i = start + before.size(); i < path.size() && path[i] != '/'; ++i) {
    if (path[i] < '0' || path[i] > '9' || id > 1'000'000'000'000) return std::nullopt;
    id = id * 10 + (path[i] - '0');
  }
  return id > 0 ? std::optional(id) : std::nullopt;
}

constexpr std::array paging_fields{"current_page", "last_page", "per_page", "total"};

/// Somebody cut a capture down to what matters: some paging fields are gone, and as many rows are
/// there as `total` says.
bool is_whole_without_pages(const json& page) {
  if (!page.is_object() || !page.contains("data") || !page["data"].is_array()) return false;
  const bool all = std::all_of(paging_fields.begin(), paging_fields.end(),
                               [&](const char* field) { return page.contains(field); });
  return !all && page.contains("total") && page["total"].is_number_integer() &&
         page["total"] == page["data"].size();
}

json without_paging(json page) {
  for (const char* const field : paging_fields) page.erase(field);
  return page;
}

}  // namespace

AnswerFiles::AnswerFiles(const std::string& package_file,
                         const std::vector<std::string>& group_files)
    : package_{package_file, document::read_bytes(package_file)} {
  const json package = look_at(package_file, package_.body);
  const json::json_pointer id("/data/id");
  if (package.contains(id) && package.at(id).is_number_integer()) {
    package_id_ = std::max<std::int64_t>(1, package.at(id).get<std::int64_t>());
  }
  for (const std::string& file : group_files) add_group_page(file);
}

void AnswerFiles::add_group_page(const std::string& file) {
  std::string body = document::read_bytes(file);
  const json page = look_at(file, body);
  if (is_whole_without_pages(page)) body = without_paging(page).dump();
  const std::string path = page.is_object() && page.contains("path") && page["path"].is_string()
                               ? page["path"].get<std::string>()
                               : "";
  const bool continues = !path.empty() && path == newest_path_;
  newest_path_ = path;
  if (!continues) {
    std::int64_t id = group_in(path).value_or(static_cast<std::int64_t>(group_ids_.size()) + 1);
    while (pages_.contains(panel::resources_path({id}))) ++id;
    group_ids_.push_back(id);
  }
  pages_[panel::resources_path({group_ids_.back()})].push_back({file, std::move(body)});
}

panel::Answer AnswerFiles::answer(const std::string& target) {
  mockpanel::api::Request asked;
  mockpanel::api::set_target(asked, target);
  panel::Answer answer;
  answer.ending = panel::Ending::complete;
  answer.status = 200;
  answer.headers = {{"Content-Type", "application/json"}};
  const auto group = pages_.find(asked.path);
  if (group == pages_.end()) {
    answer.body = package_.body;
    asked_[target] = package_.file;
    return answer;
  }
  const auto number = mockpanel::api::field(asked.query, "page");
  const std::size_t page = number ? std::stoul(std::string(*number)) : 1;
  if (page > group->second.size()) {
    answer = {};
    answer.detail = "page " + std::to_string(page) + " is not among the files";
    return answer;
  }
  answer.body = group->second[page - 1].body;
  asked_[target] = group->second[page - 1].file;
  return answer;
}

std::string AnswerFiles::named(std::string text) const {
  for (const auto& [target, file] : asked_) {
    for (auto at = text.find(target); at != std::string::npos;
         at = text.find(target, at + file.size())) {
      text.replace(at, target.size(), file);
    }
  }
  return text;
}

std::vector<panel::Answer> AnswerFiles::fetch(std::span<const panel::Request> requests,
                                              Milliseconds) {
  std::vector<panel::Answer> answers;
  for (const panel::Request& request : requests) answers.push_back(answer(request.target));
  return answers;
}

}  // namespace vfstock::sim::cli
