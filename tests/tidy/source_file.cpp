#include "tests/tidy/source_file.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace vfstock::tidy {
namespace {

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

// Sorts every character into code or comment. What belongs to neither, the inside of literals, is a
// space in both.
class Separation {
 public:
  explicit Separation(std::string_view text)
      : text_(text), code_(text.size(), ' '), comments_(text.size(), ' ') {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\n') code_[at] = comments_[at] = '\n';
    }
    while (position_ < text_.size()) step();
  }
  const std::string& code() const { return code_; }
  const std::string& comments() const { return comments_; }

 private:
  bool starts(std::string_view token) const { return text_.substr(position_).starts_with(token); }

  void step() {
    if (starts("//")) {
      comment_until("\n", 0);
    } else if (starts("/*")) {
      comment_until("*/", 2);
    } else if (starts("R\"")) {
      raw_string();
    } else if (starts("\"")) {
      quoted('"');
    } else if (starts("'") && !separates_digits()) {
      quoted('\'');
    } else {
      keep(code_, 1);
    }
  }

  bool separates_digits() const {
    return position_ > 0 && std::isxdigit(static_cast<unsigned char>(text_[position_ - 1])) != 0;
  }

  void keep(std::string& layer, std::size_t count) {
    for (; count > 0 && position_ < text_.size(); --count, ++position_) {
      layer[position_] = text_[position_];
    }
  }

  void comment_until(std::string_view end, std::size_t end_size) {
    const auto found = text_.find(end, position_ + 2);
    const auto stop = found == std::string_view::npos ? text_.size() : found + end_size;
    keep(comments_, stop - position_);
  }

  void quoted(char quote) {
    keep(code_, 1);
    while (position_ < text_.size() && text_[position_] != quote) {
      position_ += text_[position_] == '\\' ? 2 : 1;
    }
    keep(code_, 1);
  }

  void raw_string() {
    keep(code_, 2);
    const auto open = text_.find('(', position_);
    if (open == std::string_view::npos) return;
    const std::string close = ")" + std::string(text_.substr(position_, open - position_)) + "\"";
    const auto end = text_.find(close, open);
    position_ = end == std::string_view::npos ? text_.size() : end + close.size() - 1;
    keep(code_, 1);
  }

  std::string_view text_;
  std::string code_, comments_;
  std::size_t position_ = 0;
};

}  // namespace

SourceFile source_file(std::string path, std::string_view text) {
  const Separation separation(text);
  return SourceFile{std::move(path), split_lines(text), split_lines(separation.code()),
                    split_lines(separation.comments())};
}

std::vector<SourceFile> source_files(const std::filesystem::path& tree) {
  std::vector<SourceFile> files;
  for (const auto* top : {"engine", "mockpanel", "sim", "tests"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(tree / top)) {
      const auto extension = entry.path().extension();
      if (!entry.is_regular_file() || (extension != ".h" && extension != ".cpp")) continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      if (!stream) throw std::runtime_error(entry.path().string() + " cannot be read");
      const std::string text{std::istreambuf_iterator<char>(stream), {}};
      files.push_back(
          source_file(std::filesystem::relative(entry.path(), tree).generic_string(), text));
    }
  }
  std::sort(files.begin(), files.end(),
            [](const auto& left, const auto& right) { return left.path < right.path; });
  return files;
}

}  // namespace vfstock::tidy
