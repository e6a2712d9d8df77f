// The hook file in a WHMCS folder, with its settings: put there, and taken away again. Nothing else
// of WHMCS is touched.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace vfstock::whmcs {

/// The hook file itself, as the program holds it.
std::string_view hook_file() noexcept;

struct HookFiles {
  std::filesystem::path hook, settings;
};
/// Where they lie below WHMCS's folder.
HookFiles hook_files(const std::filesystem::path& whmcs);

/// The settings file for this daemon and secret, PHP that gives nothing to whoever calls it.
std::string settings_file(const std::string& url, const std::string& secret);

/// "whsec_" and the base64 of 32 random bytes. Throws std::runtime_error.
std::string new_secret();

/// Writes both files, each whole or not at all, for the owner of WHMCS's own files and nobody else
/// to read. Throws std::runtime_error, for people, also when `whmcs` holds no WHMCS.
HookFiles install(const std::filesystem::path& whmcs, const std::string& url,
                  const std::string& secret);
/// Removes both; how many there were. Throws std::runtime_error.
int uninstall(const std::filesystem::path& whmcs);

}  // namespace vfstock::whmcs
