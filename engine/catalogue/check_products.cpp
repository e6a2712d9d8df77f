#include "engine/catalogue/check_products.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "engine/base/text.h"
#include "engine/catalogue/locations.h"
#include "engine/catalogue/option_words.h"
#include "engine/catalogue/panel_name.h"
#include "engine/catalogue/sql_catalogue.h"

namespace vfstock::catalogue {
namespace {

using Verdict = Finding::Verdict;

std::string products_text(const std::vector<std::int64_t>& ids) {
  constexpr std::size_t named_max = 5;
  std::string text = ids.size() == 1 ? "product " : "products ";
  for (std::size_t i = 0; i < ids.size() && i < named_max; ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(ids[i]);
  }
  if (ids.size() > named_max) text += fmt::format(" and {} more", ids.size() - named_max);
  return text;
}

/// Products of the module, or of one that is spelled like it, that are left alone.
void add_unmanaged(Database& database, std::vector<Finding>& findings) {
  std::vector<std::int64_t> uncontrolled;
  std::map<std::string, std::vector<std::int64_t>> misspelled;
  for (const Row& row :
       database.query("SELECT id, servertype, stockcontrol FROM tblproducts ORDER BY id")) {
    const std::string module = row.text("servertype");
    if (!equal_ignoring_case(trimmed(module), "VirtFusionDirect")) continue;
    if (module != "VirtFusionDirect") {
      misspelled[module].push_back(row.integer("id"));
    } else if (row.integer("stockcontrol") != 1) {
      uncontrolled.push_back(row.integer("id"));
    }
  }
  if (!uncontrolled.empty()) {
    findings.push_back({Verdict::good, fmt::format("not managed, for stock control is off: {}",
                                                   products_text(uncontrolled))});
  }
  for (const auto& [module, ids] : misspelled) {
    findings.push_back(
        {Verdict::warning,
         fmt::format("not managed, for the module is '{}' and not 'VirtFusionDirect': {}", module,
                     products_text(ids))});
  }
}

/// Managed products that another panel, or more than one, could sell.
void add_other_panels(SqlCatalogue& shop, const std::vector<Product>& products,
                      const std::string& panel, std::vector<Finding>& findings) {
  std::map<std::int64_t, std::set<std::string>> panels;  // by server group
  std::map<std::string, std::vector<std::int64_t>> elsewhere;
  std::vector<std::int64_t> several;
  for (const Product& product : products) {
    const auto [known, is_new] = panels.try_emplace(product.servergroup);
    if (is_new) {
      for (const std::string& host : shop.virtfusion_hosts(product.servergroup)) {
        known->second.insert(panel_name(host));
      }
    }
    if (known->second.size() > 1) {
      several.push_back(product.id.value);
    } else if (known->second.size() == 1 && !panel.empty() &&
               *known->second.begin() != panel_name(panel)) {
      elsewhere[*known->second.begin()].push_back(product.id.value);
    }
  }
  for (const auto& [host, ids] : elsewhere) {
    findings.push_back(
        {Verdict::warning,
         fmt::format("{}: sold from the panel {}, not from {}; where that is another "
                     "name of this panel, say --panel-name {}",
                     products_text(ids), host, panel, host)});
  }
  if (!several.empty()) {
    findings.push_back({Verdict::warning,
                        fmt::format("{}: may be created on several panels, so that no one's places "
                                    "are written; give them a server group of one panel",
                                    products_text(several))});
  }
}

void add_options(SqlCatalogue& shop, const std::vector<Product>& products,
                 const ShopReading& reading, std::vector<Finding>& findings) {
  const std::string& location_option = reading.location_option;
  std::map<std::string, std::vector<std::int64_t>> locations, overrides;
  for (const Product& product : products) {
    std::set<std::string> names;
    for (const OptionValue& value : shop.option_values(product.id)) {
      names.emplace(machine_name(value.option));
    }
    for (const std::string& name : names) {
      if (name == location_option) continue;
      if (looks_like_location(name)) {
        locations[name].push_back(product.id.value);
      } else if (chosen_in(name) != Chosen::nothing) {
        overrides[name].push_back(product.id.value);
      }
    }
  }
  for (const auto& [name, ids] : locations) {
    findings.push_back(
        {Verdict::warning, fmt::format("{}: the option '{}' looks like a location and is not read; "
                                       "--location-option is '{}'",
                                       products_text(ids), name, location_option)});
  }
  for (const auto& [name, ids] : overrides) {
    findings.push_back(
        {Verdict::warning,
         fmt::format("{}: the option '{}' may make a VPS larger than its package; {}",
                     products_text(ids), name,
                     reading.counts_overrides
                         ? "counted is the largest that can be chosen (--option-overrides largest)"
                         : "counted is the package (--option-overrides largest counts the largest "
                           "that can be chosen)")});
  }
}

}  // namespace

std::vector<Finding> check_products(Database& database, const ShopReading& reading) {
  std::vector<Finding> findings;
  SqlCatalogue shop(database, reading.location_option);
  const std::vector<Product> products = shop.managed_products();
  if (products.empty()) {
    findings.push_back(
        {Verdict::warning,
         "no product is managed: none has servertype VirtFusionDirect and stock control on"});
  } else {
    findings.push_back({Verdict::good, fmt::format("{} managed product{}", products.size(),
                                                   products.size() == 1 ? "" : "s")});
  }
  add_unmanaged(database, findings);
  add_other_panels(shop, products, reading.panel_name, findings);
  add_options(shop, products, reading, findings);
  return findings;
}

}  // namespace vfstock::catalogue
