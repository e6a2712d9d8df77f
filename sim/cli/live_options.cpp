#include "sim/cli/live_options.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/base/input_file.h"
#include "engine/catalogue/panel_name.h"
#include "engine/http/base_url.h"
#include "sim/cli/options.h"
#include "sim/cli/policy_options.h"
#include "sim/cli/secret_files.h"
#include "sim/report/clean_text.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

/// What is wrong with a file that an option names is said with the option.
template <class Read>
auto of_option(const std::string& option, Read read) {
  try {
    return read();
  } catch (const InputFileError& error) {
    throw UsageError("--" + option + ": " + error.what());
  }
}

/// The variable's value; nullopt when it is not given.
std::optional<std::string> secret_from(const std::string& variable, const Invocation& invocation) {
  const auto found = invocation.environment.find(variable);
  if (found == invocation.environment.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

/// One for each shop: the last file is for all that follow.
std::vector<std::string> passwords(std::size_t shops, const po::variables_map& values,
                                   const Invocation& invocation) {
  std::vector<std::string> files;
  if (values.contains("shop-password-file")) {
    files = values["shop-password-file"].as<std::vector<std::string>>();
  }
  if (files.size() > shops) {
    throw UsageError(fmt::format("--shop-password-file: {} files for {} shop{}", files.size(),
                                 shops, shops == 1 ? "" : "s"));
  }
  std::vector<std::string> passwords;
  for (const std::string& file : files) {
    passwords.push_back(secret_line("shop-password-file", file, invocation.err));
  }
  if (passwords.empty()) {
    passwords.push_back(secret_from("VFSTOCK_SHOP_PASSWORD", invocation).value_or(""));
  }
  passwords.resize(shops, std::string(passwords.back()));
  return passwords;
}

catalogue::ShopAddress address_from(const std::string& text) {
  try {
    return catalogue::parse_shop_address(text);
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string("--shop: ") + error.what());
  }
}

/// All but the secrets.
PanelSettings panel_address(const po::variables_map& values) {
  PanelSettings settings;
  if (!values.contains("panel")) {
    throw UsageError("--panel is needed: the panel's API, e.g. https://panel.example/api/v1");
  }
  settings.url = values["panel"].as<std::string>();
  try {
    http::parse_base_url(settings.url);
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string("--panel: ") + error.what());
  }
  if (!values.contains("panel-name")) return settings;
  settings.name = values["panel-name"].as<std::string>();
  if (catalogue::panel_name(*settings.name).empty()) {
    throw UsageError("--panel-name: expected a host name such as panel.example");
  }
  return settings;
}

}  // namespace

void add_panel_options(po::options_description& options) {
  options.add_options()                                                             //
      ("panel", word("URL"), "the panel's API, e.g. https://panel.example/api/v1")  //
      ("token-file", word("FILE"),
       "holds the panel's API token in its first line (or set VFSTOCK_TOKEN)")       //
      ("ca-file", word("FILE"), "trust these certificates instead of the system's")  //
      ("panel-name", word("HOST"),
       "the host name under which the shop's servers know this panel (default: the URL's host)");
  add_policy_options(options, plan::PolicyUse::panel);
}

void add_shop_options(po::options_description& options) {
  options.add_options()  //
      ("shop", words("ADDRESS"),
       "sqlite:FILE or mysql://USER@HOST[:PORT]/DATABASE[?socket=FILE][&ssl-ca=FILE]; repeat it "
       "for shops that sell from the same panel: the first is the one, of the others only what "
       "they have sold and the panel does not know yet is read")  //
      ("shop-password-file", words("FILE"),
       "holds the database password in its first line (or set VFSTOCK_SHOP_PASSWORD); repeat it "
       "for shops with passwords of their own, in the same order");
}

const std::vector<std::string>& shared_option_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all{"panel",        "panel-name", "token-file",         "ca-file",
                                 "shop",         "journal",    "shop-password-file", "journal-days",
                                 "journal-size", "policy"};
    for (const plan::PolicyField& field : plan::policy_fields) {
      if (field.use == plan::PolicyUse::time || field.use == plan::PolicyUse::fixed) continue;
      all.push_back(plan::option_name(field));
    }
    return all;
  }();
  return names;
}

const std::vector<std::string>& shop_verbs() {
  static const std::vector<std::string> verbs{"check",    "explain", "journal", "serve",
                                              "snapshot", "status",  "sync"};
  return verbs;
}

std::string panel_name(const po::variables_map& values) { return panel_address(values).host(); }

PanelSettings panel_settings(const po::variables_map& values, const Invocation& invocation) {
  PanelSettings settings = panel_address(values);
  const auto token =
      values.contains("token-file")
          ? secret_line("token-file", values["token-file"].as<std::string>(), invocation.err)
          : secret_from("VFSTOCK_TOKEN", invocation);
  if (!token) throw UsageError("the panel's token is needed: --token-file FILE or VFSTOCK_TOKEN");
  settings.token = *token;
  if (values.contains("ca-file")) {
    settings.ca_file = values["ca-file"].as<std::string>();
    of_option("ca-file", [&] { return require_regular_file(*settings.ca_file); });
  }
  return settings;
}

ShopSettings shop_settings(const po::variables_map& values, const Invocation& invocation) {
  if (!values.contains("shop")) {
    throw UsageError("--shop is needed: sqlite:FILE or mysql://USER@HOST/DATABASE");
  }
  const auto& shops = values["shop"].as<std::vector<std::string>>();
  ShopSettings settings;
  std::vector<catalogue::ShopAddress> addresses;
  for (const std::string& shop : shops) {
    addresses.push_back(address_from(shop));
    const std::string text = addresses.back().text();
    const auto same = [&](const catalogue::ShopAddress& one) { return one.text() == text; };
    if (std::count_if(addresses.begin(), addresses.end(), same) > 1) {
      throw UsageError("--shop: " + text + " is given twice");
    }
  }
  const std::vector<std::string> secrets = passwords(addresses.size(), values, invocation);
  settings.address = addresses.front();
  settings.password = secrets.front();
  for (std::size_t i = 1; i < addresses.size(); ++i) {
    settings.others.push_back({addresses[i], secrets[i]});
  }
  if (values.contains("sweep-deadline")) {
    settings.store_wait = policy_from(policy_words(values)).bounds.sweep;
  }
  return settings;
}

}  // namespace vfstock::sim::cli
