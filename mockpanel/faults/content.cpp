// Content kinds: one value of the right answer spoiled, or the document as a whole.
#include <array>
#include <cstddef>
#include <string>

#include "mockpanel/faults/answer_json.h"
#include "mockpanel/faults/kinds.h"

namespace vfstock::mockpanel::faults {
namespace {

using api::Json;
using Pointer = Json::json_pointer;

/// A value of the document and where it stands: key in an object, or index in an array.
struct Spot {
  Json* parent = nullptr;
  std::string key;
  Json* value = nullptr;
};

/// A figure that every client needs: of a package its memory, of a group what memory the first
/// hypervisor has free.
constexpr std::array<const char*, 2> needed{"/data/memory", "/data/0/resources/memory/free"};

bool lies_in(const Json& document, const Pointer& pointer) {
  return !pointer.empty() && document.contains(pointer);
}

/// The value that the rule names, or a needed one; no value when the document has none.
Spot spot_of(const Rule& rule, Json& document) {
  Pointer pointer;
  if (rule.field) {
    pointer = Pointer(*rule.field);
  } else {
    for (const char* const each : needed) {
      if (lies_in(document, Pointer(each))) pointer = Pointer(each);
    }
  }
  if (!lies_in(document, pointer)) return {};
  return {&document.at(pointer.parent_pointer()), pointer.back(), &document.at(pointer)};
}

using Spoil = void (*)(Spot&);

void as_text(Spot& spot) {
  if (!spot.value->is_string()) *spot.value = spot.value->dump();
}

/// The number with `tail` behind it; anything else is left alone.
void with_tail(Spot& spot, std::string_view tail) {
  if (spot.value->is_number()) *spot.value = raw_text(spot.value->dump().append(tail));
}

void as_float(Spot& spot) { with_tail(spot, ".0"); }
void with_exponent(Spot& spot) { with_tail(spot, "e0"); }
void with_fraction(Spot& spot) { with_tail(spot, ".5"); }
void too_large(Spot& spot) { *spot.value = raw_text("1e400"); }
void not_a_number(Spot& spot) { *spot.value = raw_text("NaN"); }
void negative(Spot& spot) { *spot.value = -1; }
void beyond_2_53(Spot& spot) { *spot.value = std::int64_t{9007199254740993}; }
void beyond_2_63(Spot& spot) { *spot.value = std::uint64_t{9223372036854775808U}; }
void null(Spot& spot) { *spot.value = nullptr; }

void missing(Spot& spot) {
  if (spot.parent->is_object()) {
    spot.parent->erase(spot.key);
  } else {
    spot.parent->erase(static_cast<std::size_t>(std::stoul(spot.key)));
  }
}

void renamed(Spot& spot) {
  if (!spot.parent->is_object()) return;
  const Json value = *spot.value;
  spot.parent->erase(spot.key);
  (*spot.parent)[spot.key + "Value"] = value;
}

void twice(Spot& spot) {
  if (!spot.parent->is_object()) return;
  const std::string key = spot.key;
  (*spot.parent)[second_key(key)] = 0;
}

void in_document(const Rule& rule, Delivery& delivery, Spoil spoil) {
  edit_document(delivery, [&](Json& document) {
    Spot spot = spot_of(rule, document);
    if (spot.value != nullptr) spoil(spot);
  });
  let_raw_text_in(delivery);
}

void deep_nesting(std::string& body) {
  constexpr std::size_t depth = 100'000;
  const std::size_t end = body.find_last_of("}]");
  if (end == std::string::npos) return;
  const bool object = body[end] == '}';
  const bool empty = end > 0 && (body[end - 1] == '{' || body[end - 1] == '[');
  std::string nest = empty ? "" : ",";
  if (object) nest += "\"nested\":";
  nest += std::string(depth, '[') + std::string(depth, ']');
  body.insert(end, nest);
}

void invalid_utf8(std::string& body) {
  const std::size_t quote = body.find('"');
  // C0 AF is the slash in a form that UTF-8 forbids.
  body.insert(quote == std::string::npos ? body.size() : quote + 1, "\xC0\xAF");
}

/// Other ids, and half of what is free.
void another_panel(Delivery& delivery) {
  constexpr std::int64_t far_away = 1'000'000;
  edit_document(delivery, [](Json& document) {
    for_each_object(document, [](Json& object) {
      const auto id = object.find("id");
      if (id != object.end() && id->is_number_integer()) *id = id->get<std::int64_t>() + far_away;
      const auto free = object.find("free");
      if (free != object.end() && free->is_number_integer()) *free = free->get<std::int64_t>() / 2;
    });
  });
}

}  // namespace

void befall_content(const Rule& rule, Delivery& delivery) {
  std::string& body = delivery.response.body;
  switch (rule.kind) {
    case Kind::number_as_text:
      return in_document(rule, delivery, as_text);
    case Kind::number_as_float:
      return in_document(rule, delivery, as_float);
    case Kind::number_with_exponent:
      return in_document(rule, delivery, with_exponent);
    case Kind::number_with_fraction:
      return in_document(rule, delivery, with_fraction);
    case Kind::number_too_large:
      return in_document(rule, delivery, too_large);
    case Kind::number_nan:
      return in_document(rule, delivery, not_a_number);
    case Kind::number_negative:
      return in_document(rule, delivery, negative);
    case Kind::number_beyond_2_53:
      return in_document(rule, delivery, beyond_2_53);
    case Kind::number_beyond_2_63:
      return in_document(rule, delivery, beyond_2_63);
    case Kind::field_null:
      return in_document(rule, delivery, null);
    case Kind::field_missing:
      return in_document(rule, delivery, missing);
    case Kind::field_renamed:
      return in_document(rule, delivery, renamed);
    case Kind::field_twice:
      return in_document(rule, delivery, twice);
    case Kind::deep_nesting:
      return deep_nesting(body);
    case Kind::trailing_garbage:
      body += "<!-- cached -->";
      return;
    case Kind::two_documents:
      body += body;
      return;
    case Kind::invalid_utf8:
      return invalid_utf8(body);
    case Kind::byte_order_mark:
      body.insert(0, "\xEF\xBB\xBF");
      return;
    case Kind::another_panel:
      return another_panel(delivery);
    default:
      return;
  }
}

}  // namespace vfstock::mockpanel::faults
