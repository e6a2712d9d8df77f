#include "sim/document/document.h"
#include "sim/document/strict_builder.h"
#include "sim/document/syntax_error.h"
#include "sim/document/utf8.h"

namespace vfstock::sim::document {
namespace {

// The JSON library skips a byte order mark and takes a NUL byte for the end of the text.
void refuse_hidden_bytes(std::string_view text, const std::string& file) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    throw DocumentError(
        at_byte(file, text, 0, "the file starts with a byte order mark; save it as UTF-8 without"));
  }
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    throw DocumentError(at_byte(file, text, nul, "a NUL byte; a document is plain UTF-8 text"));
  }
}

}  // namespace

Json parse(std::string_view text, const std::string& file) {
  constexpr bool whole_text = true;
  constexpr bool ignore_comments = true;
  refuse_hidden_bytes(text, file);
  StrictBuilder builder(text, file);
  if (!Json::sax_parse(text.begin(), text.end(), &builder, Json::input_format_t::json, whole_text,
                       ignore_comments)) {
    throw DocumentError(builder.refusal());
  }
  // The library looks at the bytes of strings; those of comments are left.
  if (const auto malformed = malformed_utf8(text)) {
    throw DocumentError(at_byte(file, text, *malformed, "bytes that are not UTF-8"));
  }
  return builder.take();
}

}  // namespace vfstock::sim::document
