#include "engine/catalogue/sql_catalogue.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/catalogue/sql_pending.h"

namespace vfstock::catalogue {
namespace {

const std::string product_columns =
    "id, name, servertype, stockcontrol, servergroup, qty, configoption1, configoption2, "
    "configoption3, configoption7";

Product product_from(const Row& row) {
  Product product;
  product.id = ProductId{row.integer("id")};
  product.name = row.text("name");
  product.servertype = row.text("servertype");
  product.stockcontrol = row.integer("stockcontrol");
  product.servergroup = row.integer("servergroup");
  product.qty = row.integer("qty");
  product.configoption1 = row.text("configoption1");
  product.configoption2 = row.text("configoption2");
  product.configoption3 = row.text("configoption3");
  product.configoption7 = row.text("configoption7");
  return product;
}

int number_at(const std::string& text, std::size_t from, std::size_t length) {
  int number = 0;
  for (std::size_t i = from; i < from + length; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

}  // namespace

std::optional<std::chrono::sys_time<std::chrono::milliseconds>> shop_time(const std::string& text) {
  using namespace std::chrono;
  const int y = number_at(text, 0, 4), m = number_at(text, 5, 2), d = number_at(text, 8, 2);
  if (y <= 0 || m <= 0 || d <= 0) return std::nullopt;
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                            day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  const auto part = [&](std::size_t from) { return std::max(0, number_at(text, from, 2)); };
  return sys_days{date} + hours{part(11)} + minutes{part(14)} + seconds{part(17)};
}

// The database compares text without regard to case and trailing spaces; the engine's rule is
// exact.
std::vector<Product> SqlCatalogue::managed_products() {
  std::vector<Product> managed;
  const std::string sql = "SELECT " + product_columns +
                          " FROM tblproducts WHERE servertype = 'VirtFusionDirect' AND "
                          "stockcontrol = 1 ORDER BY id";
  for (const Row& row : database_.query(sql)) {
    Product product = product_from(row);
    if (is_managed(product)) managed.push_back(std::move(product));
  }
  return managed;
}

std::optional<Product> SqlCatalogue::product(ProductId id) {
  const std::string sql = "SELECT " + product_columns + " FROM tblproducts WHERE id = ?";
  const std::vector<Row> rows = database_.query(sql, {id.value});
  if (rows.empty()) return std::nullopt;
  return product_from(rows.front());
}

bool SqlCatalogue::tells_quantities() {
  if (!tells_quantities_) {
    tells_quantities_ = has_column(database_, "tblproductconfigoptions", "optiontype") &&
                        has_column(database_, "tblproductconfigoptions", "qtymaximum");
  }
  return *tells_quantities_;
}

std::vector<OptionValue> SqlCatalogue::option_values(ProductId product) {
  constexpr std::string_view quantity = "4";  // as of optiontype
  const std::string kind = tells_quantities()
                               ? "o.optiontype AS option_type, o.qtymaximum AS quantity_max"
                               : "'' AS option_type, 0 AS quantity_max";
  std::vector<OptionValue> values;
  for (const Row& row :
       database_.query("SELECT o.optionname AS option_name, s.optionname AS value_name, " + kind +
                           " FROM tblproductconfiglinks l "
                           "JOIN tblproductconfigoptions o ON o.gid = l.gid "
                           "JOIN tblproductconfigoptionssub s ON s.configid = o.id "
                           "WHERE l.pid = ? ORDER BY l.id, o.`order`, o.id, s.sortorder, s.id",
                       {product.value})) {
    const bool is_bounded = row.text("option_type") == quantity && row.integer("quantity_max") > 0;
    values.push_back({row.text("option_name"), is_bounded
                                                   ? std::to_string(row.integer("quantity_max"))
                                                   : row.text("value_name")});
  }
  return values;
}

// The database compares text without regard to case; a server's type is exact.
std::vector<std::string> SqlCatalogue::virtfusion_hosts(std::int64_t servergroup) {
  std::vector<std::string> enabled, disabled, enabled_in_group, disabled_in_group;
  std::int64_t last = 0;
  for (const Row& row :
       database_.query("SELECT s.id AS id, s.hostname AS hostname, s.type AS type, "
                       "s.disabled AS disabled, r.groupid AS member FROM tblservers s "
                       "LEFT JOIN tblservergroupsrel r ON r.serverid = s.id AND r.groupid = ? "
                       "WHERE s.type = 'VirtFusionDirect' ORDER BY s.id",
                       {servergroup})) {
    const std::int64_t id = row.integer("id");
    if (row.text("type") != "VirtFusionDirect" || id == last) continue;
    last = id;
    const bool is_disabled = row.integer("disabled") != 0;
    (is_disabled ? disabled : enabled).push_back(row.text("hostname"));
    if (servergroup == 0 || row.is_null("member")) continue;
    (is_disabled ? disabled_in_group : enabled_in_group).push_back(row.text("hostname"));
  }
  for (auto* hosts : {&enabled_in_group, &disabled_in_group, &enabled, &disabled}) {
    if (hosts->empty()) continue;
    std::sort(hosts->begin(), hosts->end());
    return *hosts;
  }
  return {};
}

std::vector<PendingService> SqlCatalogue::pending_services() {
  return read_pending_services(database_, location_option_,
                               [this](ProductId id) { return product(id); });
}

// A trigger may make another number of what is written, or none at all: what the row holds is read
// before the transaction ends, so that no order can come between.
Written SqlCatalogue::write(ProductId product, const Set& set, std::int64_t seen_qty) {
  const Changed changed = database_.change_and_read(
      "UPDATE tblproducts SET qty=? WHERE id=? AND qty=? AND stockcontrol=1 AND "
      "servertype='VirtFusionDirect'",
      {set.qty(), product.value, seen_qty},
      "SELECT " + product_columns + " FROM tblproducts WHERE id = ?", {product.value});
  if (changed.answer.empty()) return Written::row_moved;
  const Product row = product_from(changed.answer.front());
  if (changed.rows > 0 && row.qty == set.qty()) return Written::yes;
  const bool has_moved = changed.rows == 0 && (row.qty != seen_qty || !is_managed(row));
  if (has_moved) return Written::row_moved;
  throw StoreError(fmt::format(
      "the row holds {} after {} was written; a trigger or rule of the shop's database changes it",
      row.qty, set.qty()));
}

}  // namespace vfstock::catalogue
