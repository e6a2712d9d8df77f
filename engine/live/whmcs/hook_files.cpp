#include "engine/live/whmcs/hook_files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vfstock::whmcs {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, const char* what) {
  throw std::runtime_error(fmt::format("{}: {}: {}", file.string(), what, std::strerror(errno)));
}

/// PHP's single quotes know two escapes.
std::string php_text(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

/// Beside it first, then in its place. Owned as the folder is, where we may say so.
void write_whole(const std::filesystem::path& file, std::string_view text, mode_t mode) {
  struct stat folder {};
  if (::stat(file.parent_path().c_str(), &folder) != 0) fail(file.parent_path(), "not there");
  const std::filesystem::path made = file.string() + ".new";
  std::filesystem::remove(made);
  const int descriptor = ::open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0) fail(made, "cannot be made");
  const bool whole =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fchmod(descriptor, mode) == 0 &&
      (::geteuid() != 0 || ::fchown(descriptor, folder.st_uid, folder.st_gid) == 0) &&
      ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  errno = error;
  if (!whole) fail(made, "cannot be written");
  if (::rename(made.c_str(), file.c_str()) != 0) fail(file, "cannot be put in place");
}

}  // namespace

HookFiles hook_files(const std::filesystem::path& whmcs) {
  return {whmcs / "includes" / "hooks" / "vfstock.php", whmcs / "includes" / "vfstock-hook.php"};
}

std::string settings_file(const std::string& url, const std::string& secret) {
  return fmt::format(
      "<?php\n"
      "// Written by `vfstock hook install`; `vfstock hook uninstall` removes it.\n"
      "// 'message' is what customers read whose order does not fit; 'location_option' the\n"
      "// configurable option that names the location.\n"
      "if (!defined('WHMCS')) {{\n    exit;\n}}\n"
      "return [\n    'url' => {},\n    'secret' => {},\n    'location_option' => 'Location',\n"
      "    'message' => 'One of the items is sold out at the location that was chosen. '\n"
      "        . 'Please choose another.',\n];\n",
      php_text(url), php_text(secret));
}

std::string new_secret() {
  std::array<unsigned char, 32> key{};
  if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
    throw std::runtime_error("no random bytes can be had");
  }
  std::array<unsigned char, 64> text{};
  const int size = EVP_EncodeBlock(text.data(), key.data(), static_cast<int>(key.size()));
  return "whsec_" + std::string(text.begin(), text.begin() + size);
}

HookFiles install(const std::filesystem::path& whmcs, const std::string& url,
                  const std::string& secret) {
  HookFiles files = hook_files(whmcs);
  if (!std::filesystem::is_directory(files.hook.parent_path())) {
    throw std::runtime_error(fmt::format(
        "{}: holds no includes/hooks; name the folder that WHMCS is installed in", whmcs.string()));
  }
  constexpr mode_t secret_mode = 0640, hook_mode = 0644;
  write_whole(files.settings, settings_file(url, secret), secret_mode);
  write_whole(files.hook, hook_file(), hook_mode);
  return files;
}

int uninstall(const std::filesystem::path& whmcs) {
  const HookFiles files = hook_files(whmcs);
  int removed = 0;
  for (const auto& file : {files.hook, files.settings}) {
    std::error_code error;
    removed += std::filesystem::remove(file, error) ? 1 : 0;
    if (error) {
      throw std::runtime_error(
          fmt::format("{}: cannot be removed: {}", file.string(), error.message()));
    }
  }
  return removed;
}

}  // namespace vfstock::whmcs
