// The fast reading of JSON and the plain one agree on every text: both refuse it, for the same
// reason, or both read the same values.
#include "engine/panel/json_text.h"

#include <optional>
#include <string>
#include <variant>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/panel/unreadable.h"
#include "tests/oracle/plain_json.h"

namespace vfstock::panel {
namespace {

using nlohmann::json;

constexpr int nesting = 6;

using Outcome = std::variant<json, Reason>;

template <class Read>
Outcome outcome_of(Read read) {
  try {
    return read();
  } catch (const Unreadable& why) {
    return why.reason();
  }
}

std::string piece() {
  return *rc::gen::element<std::string>(
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\\u0061\"", "\"\\ud83d\\ude00\"",
      "\"\\udc00\"", "\"x\\n\\\"\"", "\"\\q\"", "\"\xC3\xA9\"", "\"\xC3\"", "true", "false", "null",
      "nul", "0", "-0", "01", "-", "12", "-7", "5.0", "50e-1", "1e5", "1e400", "1.", ".5", "+1",
      "9007199254740992", "9007199254740993", "9007199254740993.0", "18446744073709551616",
      "4096.00000000000000001", " ", "\n", "\t", "\"", "\\", "/", "\x01");
}

std::string scalar() {
  return *rc::gen::element<std::string>("0", "-12", "5.0", "1e3", "0.25", "true", "false", "null",
                                        "\"x\"", "\"\\u00e9\"", "9007199254740992",
                                        "99999999999999999999");
}

std::string value(int depth) {
  const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 3);
  if (kind == 0) return scalar();
  const int count = *rc::gen::inRange(0, 5);
  std::string text = kind == 1 ? "[" : "{";
  for (int i = 0; i < count; ++i) {
    if (i > 0) text += *rc::gen::element<std::string>(",", " , ");
    if (kind == 2)
      text += "\"" + std::string(1, static_cast<char>('a' + *rc::gen::inRange(0, 12))) + "\": ";
    text += value(depth - 1);
  }
  return text + (kind == 1 ? "]" : "}");
}

void agree_on(const std::string& text) {
  RC_LOG() << text;
  const Outcome fast = outcome_of([&]() -> Outcome {
    const JsonDocument document = parse_json(text, nesting);
    return oracle::as_json(document.top());
  });
  const Outcome plain = outcome_of([&]() -> Outcome { return oracle::plain_json(text, nesting); });
  RC_ASSERT(fast == plain);
}

RC_GTEST_PROP(JsonText, AgreesWithThePlainReadingOnWellFormedTexts, ()) { agree_on(value(7)); }

// Most texts put together at random are refused early, so each run looks at many.
constexpr int texts_a_run = 20;

RC_GTEST_PROP(JsonText, AgreesWithThePlainReadingOnPiecesPutTogether, ()) {
  for (int i = 0; i < texts_a_run; ++i) {
    std::string text;
    const int count = *rc::gen::inRange(0, 6);
    for (int part = 0; part < count; ++part) text += piece();
    agree_on(text);
  }
}

RC_GTEST_PROP(JsonText, AgreesWithThePlainReadingOnDamagedTexts, ()) {
  for (int i = 0; i < texts_a_run; ++i) {
    std::string text = value(4);
    const int wounds = *rc::gen::inRange(1, 4);
    for (int wound = 0; wound < wounds && !text.empty(); ++wound) {
      const auto at = static_cast<std::size_t>(*rc::gen::inRange(0, static_cast<int>(text.size())));
      if (*rc::gen::arbitrary<bool>()) {
        text.replace(at, 1, piece());
      } else {
        text.erase(at, 1);
      }
    }
    agree_on(text);
  }
}

}  // namespace
}  // namespace vfstock::panel
