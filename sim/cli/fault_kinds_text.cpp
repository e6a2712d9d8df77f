#include "sim/cli/fault_kinds_text.h"

#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include "mockpanel/faults/kind.h"

namespace vfstock::sim::cli {
namespace {

using mockpanel::faults::Kind;

std::string example_of(const Kind& kind) {
  return fmt::format(R"({{"kind": "{}"{}{}}})", kind.name, kind.example.empty() ? "" : ", ",
                     kind.example);
}

}  // namespace

void print_fault_kinds(std::ostream& out) {
  const Kind* before = nullptr;
  std::set<std::string_view> shown;
  for (const Kind* const kind : Kind::all()) {
    if (before == nullptr || kind->layer != before->layer) {
      fmt::print(out, "{}{}\n", before == nullptr ? "" : "\n", name(kind->layer));
    }
    before = kind;
    fmt::print(out, "  {:<25} {}{}\n", kind->name, kind->sentence,
               kind->parameters.empty() ? "" : fmt::format(" [{}]", kind->parameters));
    const bool is_new = !kind->example.empty() && shown.insert(kind->example).second;
    if (is_new) fmt::print(out, "  {:<25} {}\n", "", example_of(*kind));
  }
}

void print_fault_kinds_json(std::ostream& out) {
  nlohmann::ordered_json kinds = nlohmann::ordered_json::array();
  for (const Kind* const kind : Kind::all()) {
    std::istringstream heeded{std::string(kind->parameters)};
    nlohmann::ordered_json heeds = nlohmann::ordered_json::array();
    for (std::string each; heeded >> each;) heeds.push_back(each);
    kinds.push_back({{"kind", kind->name},
                     {"layer", name(kind->layer)},
                     {"meets", kind->sentence},
                     {"heeds", std::move(heeds)},
                     {"example", nlohmann::ordered_json::parse(example_of(*kind))}});
  }
  out << nlohmann::ordered_json{{"format", 1}, {"kinds", std::move(kinds)}}.dump(2) << "\n";
}

}  // namespace vfstock::sim::cli
