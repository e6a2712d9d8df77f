#include <string>

#include <fmt/format.h>

#include "mockpanel/faults/kind.h"
#include "mockpanel/faults/reason_phrase.h"
#include "mockpanel/faults/replaced_answer.h"
#include "mockpanel/faults/rule.h"

namespace vfstock::mockpanel::faults::kinds {
namespace {

std::string proxys_page(int status) {
  const std::string_view phrase = reason_phrase(status);
  return fmt::format(
      "<html>\r\n<head><title>{0} {1}</title></head>\r\n<body>\r\n"
      "<center><h1>{0} {1}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
      status, phrase);
}

/// The words of the framework's own limiter, otherwise the status itself.
std::string_view message_of(const Rule& rule) {
  return rule.over && rule.status == 429 ? "Too Many Attempts." : reason_phrase(rule.status);
}

void answer_with_status(const Rule& rule, Delivery& delivery) {
  if (rule.answer) {
    return replace_answer(delivery, rule.status, rule.answer->type, rule.answer->text);
  }
  switch (rule.body) {
    case BodyShape::json:
      return replace_answer(delivery, rule.status, json_type,
                            fmt::format(R"({{"message":"{}"}})", message_of(rule)));
    case BodyShape::html:
      return replace_answer(delivery, rule.status, "text/html", proxys_page(rule.status));
    case BodyShape::empty:
      return replace_answer(delivery, rule.status, "text/html; charset=UTF-8", "");
  }
}

}  // namespace

extern const Kind status{
    .name = "status",
    .layer = Layer::answer,
    .sentence = "Another status, with a JSON, HTML, empty or own body.",
    .parameters = "status body answer",
    .example = R"("status": 503, "body": "html")",
    .carried_out = false,
    .spoil = answer_with_status,
};

}  // namespace vfstock::mockpanel::faults::kinds
