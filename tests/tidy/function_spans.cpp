#include "tests/tidy/function_spans.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace vfstock::tidy {
namespace {

bool is_space(char character) { return std::isspace(static_cast<unsigned char>(character)) != 0; }

// Follows the braces of a file. A head is the text since the last statement ended.
class BraceWalk {
 public:
  explicit BraceWalk(const SourceFile& file) {
    bool continued = false;
    for (const std::string& line : file.code) {
      ++line_;
      const bool directive = continued || line.starts_with('#');
      continued = directive && line.ends_with('\\');
      if (directive) continue;
      for (const char character : line) take(character);
      take('\n');
    }
  }
  std::vector<FunctionSpan> spans() { return std::move(spans_); }

 private:
  enum class Kind { container, function, other };
  struct Open {
    Kind kind;
    std::size_t first_line;
    std::string head;
  };

  void take(char character) {
    if (!is_space(character)) end_or_continue_function(character);
    if (character == '(') ++parentheses_;
    if (character == ')' && parentheses_ > 0) --parentheses_;
    if (character == '{') {
      open();
    } else if (character == '}') {
      close();
    } else if (character == ';' && parentheses_ == 0) {
      head_.clear();
    } else {
      if (head_.empty() && is_space(character)) return;
      if (head_.empty()) head_line_ = line_;
      head_ += character;
    }
  }

  // `: a_{1}, b_{2} {`: what looked like a function's end was a member's initialiser.
  void end_or_continue_function(char next) {
    if (!closed_) return;
    if (next == ',' || next == '{') {
      head_ = closed_head_;
      head_line_ = closed_span_.first_line;
    } else {
      spans_.push_back(closed_span_);
    }
    closed_ = false;
  }

  Kind kind_of_head() const {
    constexpr std::array<std::string_view, 5> containers{"namespace", "class", "struct", "union",
                                                         "extern"};
    if (std::any_of(open_.begin(), open_.end(),
                    [](const Open& brace) { return brace.kind != Kind::container; })) {
      return Kind::other;
    }
    if (parentheses_ > 0) return Kind::other;
    if (head_.find('(') != std::string::npos) return Kind::function;
    const bool container = std::any_of(containers.begin(), containers.end(), [this](auto word) {
      return head_.find(word) != std::string::npos;
    });
    return container ? Kind::container : Kind::other;
  }

  void open() {
    open_.push_back({kind_of_head(), head_.empty() ? line_ : head_line_, head_});
    if (open_.back().kind != Kind::other) head_.clear();
  }

  void close() {
    if (open_.empty()) return;
    const Open brace = open_.back();
    open_.pop_back();
    if (brace.kind == Kind::function) {
      closed_ = true;
      closed_span_ = {brace.first_line, line_};
      closed_head_ = brace.head;
    }
    if (brace.kind == Kind::other && parentheses_ > 0) return;
    head_.clear();
  }

  std::vector<FunctionSpan> spans_;
  std::vector<Open> open_;
  std::string head_;
  std::size_t head_line_ = 1;
  std::size_t line_ = 0;
  int parentheses_ = 0;
  bool closed_ = false;  // a function's brace closed and the next character is not known yet
  FunctionSpan closed_span_;
  std::string closed_head_;
};

}  // namespace

std::vector<FunctionSpan> function_spans(const SourceFile& file) {
  SourceFile ended = file;
  ended.code.emplace_back(";");  // so that a function at the end of the file is known to be over
  return BraceWalk(ended).spans();
}

}  // namespace vfstock::tidy
