#include "sim/scenario/tls_road.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace vfstock::sim::scenario {

namespace {

http::HttpOptions through(const mockpanel::wire::TlsTrap& trap, const PassingFile& trusted,
                          http::HttpOptions options) {
  options.base_url = trap.base_url();
  options.ca_file = trusted.path();
  return options;
}

}  // namespace

PassingFile::PassingFile(const std::string& text) {
  std::string path = (std::filesystem::temp_directory_path() / "vfstock-trust-XXXXXX").string();
  const int descriptor = ::mkstemp(path.data());
  if (descriptor < 0) throw std::runtime_error(path + ": cannot be made");
  path_ = path;
  for (std::string_view left = text; !left.empty();) {
    const ssize_t written = ::write(descriptor, left.data(), left.size());
    if (written <= 0) {
      ::close(descriptor);
      ::unlink(path_.c_str());
      throw std::runtime_error(path_ + ": cannot be written");
    }
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  ::close(descriptor);
}

PassingFile::~PassingFile() { ::unlink(path_.c_str()); }

TlsRoad::TlsRoad(const mockpanel::faults::Kind& kind, http::HttpOptions options)
    : trap_("127.0.0.1", kind),
      trusted_(trap_.trusted()),
      transport_(through(trap_, trusted_, std::move(options))) {}

}  // namespace vfstock::sim::scenario
