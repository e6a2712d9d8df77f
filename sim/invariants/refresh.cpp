#include "sim/invariants/refresh.h"

#include <algorithm>

#include "sim/invariants/shop_columns.h"

namespace vfstock::sim::invariants {

Refresh begin_refresh(const RefreshBegins& begins) {
  Refresh refresh;
  refresh.trigger = begins.trigger;
  refresh.began = begins.at;
  refresh.is_sweep = begins.is_sweep();
  refresh.forced = begins.forced;
  refresh.shop = begins.shop;
  refresh.waiting = begins.waiting;
  const auto is_meant = [&](std::int64_t id) {
    if (begins.product) return *begins.product == id;
    return begins.only.empty() ||
           std::find(begins.only.begin(), begins.only.end(), id) != begins.only.end();
  };
  for (const Row& row : begins.rows) {
    Course course;
    course.row = row;
    course.now = row;
    course.in_scope = is_managed(row) && is_meant(row.id);
    refresh.courses.emplace(row.id, std::move(course));
  }
  return refresh;
}

void shop_changed(Refresh& refresh, const ShopChanged& change) {
  refresh.waiting = change.waiting;
  std::map<std::int64_t, Course> courses;
  for (const Row& row : change.rows) {
    const auto known = refresh.courses.find(row.id);
    Course course = known == refresh.courses.end() ? Course{} : std::move(known->second);
    course.moved = course.moved || !difference(course.now, row).empty();
    course.now = row;
    courses.emplace(row.id, std::move(course));
  }
  // A row that is gone by now still had its decision.
  for (auto& [id, course] : refresh.courses) {
    if (courses.contains(id)) continue;
    course.moved = course.deleted = true;
    courses.emplace(id, std::move(course));
  }
  refresh.courses = std::move(courses);
}

std::string difference(const Row& before, const Row& after) {
  std::string text;
  const auto note = [&](bool differs, const std::string& what) {
    if (differs) text += (text.empty() ? "" : ", ") + what;
  };
  note(before.qty != after.qty,
       "qty " + std::to_string(before.qty) + " -> " + std::to_string(after.qty));
  note(before.name != after.name, "name");
  note(before.servertype != after.servertype, "servertype");
  note(before.stockcontrol != after.stockcontrol, "stockcontrol");
  note(before.servergroup != after.servergroup, "servergroup");
  note(before.configoption1 != after.configoption1, "configoption1");
  note(before.configoption2 != after.configoption2, "configoption2");
  note(before.configoption3 != after.configoption3, "configoption3");
  note(before.configoption7 != after.configoption7, "configoption7");
  note(before.options != after.options, "options");
  return text;
}

}  // namespace vfstock::sim::invariants
