// Where a real panel, a real shop and the journal are. Plain values; whoever reads them from
// options or files checks them there.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/catalogue/shop_address.h"

namespace vfstock::live {

/// What a person set cannot be used; the message says why.
class SettingsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct PanelSettings {
  std::string url;    // "https://panel.example/api/v1"
  std::string token;  // a secret
  std::optional<std::string> ca_file;
  std::optional<std::string> name;  // under which the shop knows this panel

  /// `name`, else the URL's host without the port: what the shop's servers are compared with.
  std::string host() const;
};

/// A shop that sells from the same panel and is read alone.
struct OtherShop {
  catalogue::ShopAddress address;
  std::string password;  // a secret
};

struct ShopSettings {
  catalogue::ShopAddress address;
  std::string password;  // a secret
  std::vector<OtherShop> others;
  /// The longest that one statement may wait for the store: no longer than a whole sweep may take.
  std::chrono::milliseconds store_wait{30'000};
};

struct JournalSettings {
  std::string file;
  std::chrono::days retention{90};
  std::int64_t bytes_max = std::int64_t{1} << 40;
};

}  // namespace vfstock::live
