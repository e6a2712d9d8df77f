// A row of `tblproducts` as the shop keeps it: text columns filled by people, and the qty.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace vfstock::catalogue {

struct ProductId {
  std::int64_t value = 0;
  friend auto operator<=>(ProductId, ProductId) = default;
};

struct Product {
  ProductId id;
  std::string name;
  std::string servertype;
  std::int64_t stockcontrol = 0;
  std::int64_t servergroup = 0;
  std::int64_t qty = 0;       // signed in the shop's schema
  std::string configoption1;  // default hypervisor group id
  std::string configoption2;  // package id
  std::string configoption3;  // IPv4 addresses per VPS
  std::string configoption7;  // safety buffer in percent
  friend bool operator==(const Product&, const Product&) = default;
};

/// Only these rows are ever written: servertype is VirtFusionDirect and stockcontrol is 1.
bool is_managed(const Product& product) noexcept;

/// A value of one of the product's configurable options: the option's name and the value's name,
/// both as stored (either may be "machine|Display"). Where a quantity is chosen, the value is the
/// largest, if there is one.
struct OptionValue {
  std::string option;
  std::string value;
};

}  // namespace vfstock::catalogue
