#include "sim/cli/live_options.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <unistd.h>

#include "engine/http/base_url.h"
#include "sim/cli/options.h"
#include "sim/cli/policy_options.h"

namespace vfstock::sim::cli {

namespace po = boost::program_options;

namespace {

constexpr std::size_t secret_bytes_max = 4096;

void refuse_unreadable(const std::string& option, const std::string& file) {
  if (std::filesystem::is_directory(file)) {
    throw UsageError("--" + option + ": " + file + " is a folder; expected a file");
  }
  if (access(file.c_str(), R_OK) != 0) {
    throw UsageError("--" + option + ": " + file + " cannot be read: " + std::strerror(errno));
  }
}

/// What stands in a file that others can read is no secret any more.
void warn_if_open(const std::string& file, std::ostream& talk) {
  using std::filesystem::perms;
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (error || (status.permissions() & perms::others_read) == perms::none) return;
  talk << "warning: everybody on this machine can read " << file << "; chmod 600 " << file << "\n";
}

/// The first line of the file, or the variable's value; nullopt when neither is given.
std::optional<std::string> secret(const po::variables_map& values, const std::string& option,
                                  const std::string& variable, const Invocation& invocation) {
  if (values.contains(option)) {
    const std::string& file = values[option].as<std::string>();
    refuse_unreadable(option, file);
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
    if (line.empty()) throw UsageError(file + ": holds no secret in its first line");
    if (line.size() > secret_bytes_max) {
      throw UsageError(fmt::format("{}: its first line is longer than a secret of {} bytes", file,
                                   secret_bytes_max));
    }
    warn_if_open(file, invocation.err);
    return line;
  }
  const auto found = invocation.environment.find(variable);
  if (found == invocation.environment.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

const std::string& needed(const po::variables_map& values, const char* option, const char* what) {
  if (!values.contains(option)) {
    throw UsageError(std::string("--") + option + " is needed: " + what);
  }
  return values[option].as<std::string>();
}

}  // namespace

void add_panel_options(po::options_description& options) {
  options.add_options()                                                             //
      ("panel", word("URL"), "the panel's API, e.g. https://panel.example/api/v1")  //
      ("token-file", word("FILE"),
       "holds the panel's API token in its first line (or set VFSTOCK_TOKEN)")  //
      ("ca-file", word("FILE"), "trust these certificates instead of the system's");
  add_policy_options(options, plan::PolicyUse::panel);
}

void add_shop_options(po::options_description& options) {
  options.add_options()  //
      ("shop", word("ADDRESS"),
       "sqlite:FILE or mysql://USER@HOST[:PORT]/DATABASE[?socket=FILE][&ssl-ca=FILE]")  //
      ("shop-password-file", word("FILE"),
       "holds the database password in its first line (or set VFSTOCK_SHOP_PASSWORD)");
}

void add_journal_option(po::options_description& options) {
  options.add_options()("journal", word("FILE"),
                        "where decisions and the engine's memory are kept (default: "
                        "~/.local/state/vfstock/journal.db)");
}

const std::vector<std::string>& shared_option_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all{"panel",        "token-file",   "ca-file",
                                 "shop",         "journal",      "shop-password-file",
                                 "journal-days", "journal-size", "policy"};
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

std::string journal_file(const po::variables_map& values, const Invocation& invocation) {
  if (values.contains("journal")) return values["journal"].as<std::string>();
  const auto set = [&](const char* variable) {
    const auto found = invocation.environment.find(variable);
    return found == invocation.environment.end() ? std::string() : found->second;
  };
  if (const std::string state = set("XDG_STATE_HOME"); !state.empty()) {
    return state + "/vfstock/journal.db";
  }
  const std::string home = set("HOME");
  return home.empty() ? "/var/lib/vfstock/journal.db" : home + "/.local/state/vfstock/journal.db";
}

PanelSettings panel_settings(const po::variables_map& values, const Invocation& invocation) {
  PanelSettings settings;
  settings.url = needed(values, "panel", "the panel's API, e.g. https://panel.example/api/v1");
  try {
    http::parse_base_url(settings.url);
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string("--panel: ") + error.what());
  }
  const auto token = secret(values, "token-file", "VFSTOCK_TOKEN", invocation);
  if (!token) throw UsageError("the panel's token is needed: --token-file FILE or VFSTOCK_TOKEN");
  settings.token = *token;
  if (values.contains("ca-file")) {
    settings.ca_file = values["ca-file"].as<std::string>();
    refuse_unreadable("ca-file", *settings.ca_file);
  }
  return settings;
}

ShopSettings shop_settings(const po::variables_map& values, const Invocation& invocation) {
  ShopSettings settings;
  try {
    settings.address = catalogue::parse_shop_address(
        needed(values, "shop", "sqlite:FILE or mysql://USER@HOST/DATABASE"));
  } catch (const std::invalid_argument& error) {
    throw UsageError(std::string("--shop: ") + error.what());
  }
  const auto password = secret(values, "shop-password-file", "VFSTOCK_SHOP_PASSWORD", invocation);
  settings.password = password.value_or("");
  return settings;
}

}  // namespace vfstock::sim::cli
