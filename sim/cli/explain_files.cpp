#include "sim/cli/explain_files.h"

#include <fstream>
#include <iterator>

#include "engine/panel/json_place.h"
#include "engine/panel/json_text.h"
#include "engine/panel/pages.h"
#include "engine/panel/unreadable.h"
#include "mockpanel/api/message.h"
#include "sim/document/document.h"

namespace vfstock::sim::cli {

namespace {

std::string read_bytes(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::error_code error;
  const bool regular = std::filesystem::is_regular_file(file, error);
  if (!stream || !regular) throw document::DocumentError(file + ": cannot be read as a file");
  if (std::filesystem::file_size(file) > document::file_bytes_max) {
    throw document::DocumentError(file + ": is larger than 64 MiB");
  }
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// What the file says, nullopt where only its figures cannot be read; broken syntax stops here.
std::optional<panel::JsonDocument> look_at(const std::string& file, const std::string& body) {
  try {
    return panel::parse_json(body, static_cast<int>(document::nesting_max));
  } catch (const panel::Unreadable& error) {
    if (error.reason() == panel::Reason::malformed) return std::nullopt;
    throw document::DocumentError(file + ": is not JSON that a panel writes: " + error.what());
  }
}

/// The package's id; nullopt where the file tells none.
std::optional<std::int64_t> package_id_in(const panel::JsonDocument& package) {
  try {
    const panel::JsonPlace top(package);
    const panel::JsonPlace data = top.at("data");
    return data.at("id").unquoted_whole();
  } catch (const panel::Unreadable&) {
    return std::nullopt;
  }
}

/// The paging field "path"; empty where the file tells none.
std::string path_in(const panel::JsonDocument& page) {
  const panel::JsonPlace top(page);
  if (!top.is_object()) return {};
  const auto path = top.find("path");
  return path ? path->text_or_empty() : std::string();
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

}  // namespace

AnswerFiles::AnswerFiles(const std::string& package_file,
                         const std::vector<std::string>& group_files)
    : package_body_(read_bytes(package_file)) {
  const auto package = look_at(package_file, package_body_);
  const auto id = package ? package_id_in(*package) : std::nullopt;
  if (id) package_id_ = std::max<std::int64_t>(1, *id);
  for (const std::string& file : group_files) add_group_page(file);
}

void AnswerFiles::add_group_page(const std::string& file) {
  std::string body = read_bytes(file);
  const auto page = look_at(file, body);
  const std::string path = page ? path_in(*page) : std::string();
  const bool continues = !path.empty() && path == newest_path_;
  newest_path_ = path;
  if (!continues) {
    std::int64_t id = group_in(path).value_or(static_cast<std::int64_t>(group_ids_.size()) + 1);
    while (pages_.contains(panel::resources_path({id}))) ++id;
    group_ids_.push_back(id);
  }
  pages_[panel::resources_path({group_ids_.back()})].push_back(std::move(body));
}

panel::Answer AnswerFiles::answer(const std::string& target) const {
  mockpanel::api::Request asked;
  mockpanel::api::set_target(asked, target);
  panel::Answer answer;
  answer.ending = panel::Ending::complete;
  answer.status = 200;
  answer.headers = {{"Content-Type", "application/json"}};
  const auto group = pages_.find(asked.path);
  if (group == pages_.end()) {
    answer.body = package_body_;
    return answer;
  }
  const auto number = mockpanel::api::field(asked.query, "page");
  const std::size_t page = number ? std::stoul(std::string(*number)) : 1;
  if (page > group->second.size()) {
    answer = {};
    answer.detail = "page " + std::to_string(page) + " is not among the files";
    return answer;
  }
  answer.body = group->second[page - 1];
  return answer;
}

std::vector<panel::Answer> AnswerFiles::fetch(std::span<const panel::Request> requests,
                                              Milliseconds) {
  std::vector<panel::Answer> answers;
  for (const panel::Request& request : requests) answers.push_back(answer(request.target));
  return answers;
}

}  // namespace vfstock::sim::cli
