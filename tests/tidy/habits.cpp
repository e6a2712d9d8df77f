#include "tests/tidy/habits.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>

namespace vfstock::tidy {
namespace {

constexpr std::string_view white = " \t\r";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

bool has_word(std::string_view text, std::string_view word) {
  const auto is_letter = [](char character) {
    return std::isalnum(static_cast<unsigned char>(character)) != 0;
  };
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) {
      return true;
    }
  }
  return false;
}

// Prose ends in a semicolon too; code has something that prose has not.
bool looks_like_code(std::string_view comment) {
  constexpr std::array<std::string_view, 4> signs{" = ", "::", "->", "()"};
  constexpr std::array<std::string_view, 4> openings{"return ", "throw ", "break;", "continue;"};
  if (comment.ends_with('{')) return true;
  if (!comment.ends_with(';')) return false;
  return comment.ends_with(");") ||
         std::any_of(signs.begin(), signs.end(),
                     [comment](auto sign) { return comment.find(sign) != comment.npos; }) ||
         std::any_of(openings.begin(), openings.end(),
                     [comment](auto opening) { return comment.starts_with(opening); });
}

}  // namespace

Findings check_header_opening(const SourceFile& file) {
  if (!file.path.ends_with(".h")) return {};
  Findings findings;
  if (file.lines.empty() || !file.lines.front().starts_with("// ")) {
    findings.push_back({file.path, 1, "header-opening",
                        "open with a comment: what this is for, and its contract"});
  }
  if (std::find(file.code.begin(), file.code.end(), "#pragma once") == file.code.end()) {
    findings.push_back({file.path, 1, "header-opening", "add #pragma once"});
  }
  return findings;
}

Findings check_file_name(const SourceFile& file) {
  constexpr std::array<std::string_view, 9> empty_words{
      "util", "utils", "helper", "helpers", "manager", "common", "misc", "stuff", "tools"};
  const std::string stem = std::filesystem::path(file.path).stem().string();
  Findings findings;
  const bool snake_case = std::all_of(stem.begin(), stem.end(), [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
           character == '_';
  });
  if (!snake_case) findings.push_back({file.path, 1, "file-name", "write it in snake_case"});
  std::istringstream words(stem);
  for (std::string word; std::getline(words, word, '_');) {
    if (std::find(empty_words.begin(), empty_words.end(), word) == empty_words.end()) continue;
    findings.push_back(
        {file.path, 1, "file-name", "'" + word + "' says nothing; name the rule that lives here"});
  }
  return findings;
}

Findings check_white_space(const SourceFile& file) {
  Findings findings;
  for (std::size_t index = 0; index < file.lines.size(); ++index) {
    const std::string& line = file.lines[index];
    if (line.find('\t') != std::string::npos) {
      findings.push_back({file.path, index + 1, "white-space", "a tab; write spaces"});
    }
    if (!line.empty() && white.find(line.back()) != std::string_view::npos) {
      findings.push_back({file.path, index + 1, "white-space", "remove what ends the line"});
    }
  }
  return findings;
}

Findings check_open_notes(const SourceFile& file) {
  constexpr std::array<std::string_view, 4> notes{"TODO", "FIXME", "XXX", "HACK"};
  Findings findings;
  for (std::size_t index = 0; index < file.comments.size(); ++index) {
    for (const std::string_view note : notes) {
      if (!has_word(file.comments[index], note)) continue;
      findings.push_back({file.path, index + 1, "open-note",
                          std::string(note) + ": finish it now, or leave it out"});
    }
  }
  return findings;
}

// A header may show a use of what it declares: indented, in the comment that it opens with.
Findings check_dead_code(const SourceFile& file) {
  const bool is_header = file.path.ends_with(".h");
  bool is_opening = true;
  Findings findings;
  for (std::size_t index = 0; index < file.comments.size(); ++index) {
    std::string_view comment = trimmed(file.comments[index]);
    is_opening = is_opening && comment.starts_with("//");
    if (!comment.starts_with("//")) continue;
    if (is_header && is_opening && comment.starts_with("//   ")) continue;
    comment = trimmed(comment.substr(std::min(comment.size(), comment.find_first_not_of('/'))));
    if (!looks_like_code(comment)) continue;
    findings.push_back({file.path, index + 1, "dead-code",
                        "a comment that is code; delete it, or reword it if it is prose"});
  }
  return findings;
}

}  // namespace vfstock::tidy
