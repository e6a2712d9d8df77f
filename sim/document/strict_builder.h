// Builds a document from the parser's events and refuses what JSON allows but people never mean.
//
// The checks sit in the event handler because they must stop the parser: nesting of a hundred
// million brackets costs 65 events, not gigabytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "sim/document/document.h"

namespace vfstock::sim::document {

/// The handler of nlohmann::ordered_json::sax_parse. Every handler returns false to stop the
/// parser, and then refusal() says why.
class StrictBuilder {
 public:
  using number_integer_t = Json::number_integer_t;
  using number_unsigned_t = Json::number_unsigned_t;
  using number_float_t = Json::number_float_t;
  using string_t = Json::string_t;
  using binary_t = Json::binary_t;

  /// Errors name `file` and, for bytes, their place in `text`. Both must outlive the builder.
  StrictBuilder(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  bool null();
  bool boolean(bool value);
  bool number_integer(number_integer_t value);
  bool number_unsigned(number_unsigned_t value);
  bool number_float(number_float_t value, const string_t& digits);
  bool string(string_t& value);
  bool binary(binary_t& value);
  bool start_object(std::size_t elements);
  bool key(string_t& name);
  bool end_object();
  bool start_array(std::size_t elements);
  bool end_array();
  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception& problem);

  /// The finished document, once.
  Json take() { return std::move(document_); }
  /// Why the parser was stopped: the text of a DocumentError.
  const std::string& refusal() const noexcept { return refusal_; }

 private:
  // An array or object whose end has not come yet.
  struct Open {
    Json* container;
    std::set<std::string> keys;  // of an object: those seen so far
    std::string key;             // of an object: the one whose value comes next
  };

  bool place(Json value);
  bool open(Json container);
  bool close();
  bool refuse(const std::string& message);
  std::string pointer() const;

  std::string_view text_;
  const std::string& file_;
  Json document_;
  Json* placed_ = nullptr;  // where the last value went
  std::vector<Open> open_;
  std::string refusal_;
};

}  // namespace vfstock::sim::document
