#include "tests/tidy/arrows.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace vfstock::tidy {
namespace {

constexpr std::size_t arrows_max = 7;

// A room and what it leans on, beside itself. "engine" stands for all rooms in engine/.
struct Room {
  std::string_view name;
  std::array<std::string_view, arrows_max> leans_on{};
};

constexpr std::array<Room, 26> table{{
    {"engine/base", {}},
    {"engine/capacity", {"engine/base"}},
    {"engine/panel", {"engine/base", "engine/capacity"}},
    {"engine/http", {"engine/base", "engine/panel"}},
    {"engine/catalogue", {"engine/base"}},
    {"engine/plan", {"engine/base", "engine/capacity", "engine/panel", "engine/catalogue"}},
    {"engine/apply",
     {"engine/base", "engine/capacity", "engine/panel", "engine/catalogue", "engine/plan"}},
    {"engine/schedule",
     {"engine/base", "engine/capacity", "engine/panel", "engine/catalogue", "engine/plan",
      "engine/apply"}},
    {"engine/incremental",
     {"engine/base", "engine/capacity", "engine/panel", "engine/catalogue", "engine/plan"}},
    {"engine/sqlite",
     {"engine/base", "engine/capacity", "engine/panel", "engine/catalogue", "engine/plan",
      "engine/apply", "engine/schedule"}},
    {"engine/mariadb", {"engine/base", "engine/catalogue"}},
    {"engine/live", {"engine"}},
    {"mockpanel/model", {}},
    {"mockpanel/api", {"mockpanel/model"}},
    {"mockpanel/faults", {"mockpanel/model", "mockpanel/api"}},
    {"mockpanel/wire", {"mockpanel/model", "mockpanel/api", "mockpanel/faults"}},
    {"sim/document", {"engine/base"}},
    {"sim/shop", {"engine"}},
    {"sim/fleet", {"sim/document", "engine", "mockpanel/model"}},
    {"sim/invariants", {"mockpanel/model"}},
    {"sim/scenario",
     {"sim/document", "sim/shop", "sim/fleet", "sim/invariants", "sim/report", "engine",
      "mockpanel"}},
    {"sim/fuzz", {"sim/document", "sim/scenario", "sim/invariants", "engine", "mockpanel"}},
    {"sim/forecast",
     {"sim/document", "sim/shop", "sim/fleet", "sim/scenario", "engine", "mockpanel/model"}},
    {"sim/report", {"sim/invariants"}},
    {"sim/cli", {"sim", "engine", "mockpanel"}},
    {"tests", {"tests", "sim", "engine", "mockpanel"}},
}};

bool is_within(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && path.substr(folder.size()).starts_with('/');
}

const Room* room_of(std::string_view path) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [path](const Room& room) { return is_within(path, room.name); });
  return found == table.end() ? nullptr : &*found;
}

bool may_include(const Room& room, std::string_view path) {
  return is_within(path, room.name) ||
         std::any_of(room.leans_on.begin(), room.leans_on.end(), [path](std::string_view arrow) {
           return !arrow.empty() && is_within(path, arrow);
         });
}

// The path between the quotes of an include of our own; empty for every other line.
std::string_view included(std::string_view line) {
  constexpr std::string_view directive = "#include \"";
  if (!line.starts_with(directive)) return {};
  line.remove_prefix(directive.size());
  return line.substr(0, line.find('"'));
}

std::string allowed(const Room& room) {
  std::string list = std::string(room.name);
  for (const std::string_view arrow : room.leans_on) {
    if (!arrow.empty()) list += ", " + std::string(arrow);
  }
  return list;
}

}  // namespace

Findings check_arrows(const SourceFile& file) {
  const Room* room = room_of(file.path);
  if (!room) {
    return {{file.path, 1, "arrows", "unknown room; give it a row in tests/tidy/arrows.cpp"}};
  }
  Findings findings;
  for (std::size_t index = 0; index < file.lines.size(); ++index) {
    const std::string_view path = included(file.lines[index]);
    if (path.empty() || file.code[index].find("#include") == std::string::npos) continue;
    if (!room_of(path)) {
      findings.push_back({file.path, index + 1, "arrows",
                          "include \"" + std::string(path) +
                              "\" by its path from the top of the tree, packages with <>"});
    } else if (!may_include(*room, path)) {
      findings.push_back({file.path, index + 1, "arrows",
                          std::string(room->name) + " must not include " + std::string(path) +
                              "; it may include " + allowed(*room)});
    }
  }
  return findings;
}

std::vector<std::string> rooms() {
  std::vector<std::string> names;
  names.reserve(table.size());
  for (const Room& room : table) names.emplace_back(room.name);
  return names;
}

}  // namespace vfstock::tidy
