#include "engine/live/serve/settings.h"

#include <string_view>

namespace vfstock::serve {

// A name may begin as an address does: "127.0.0.1.example" is anybody's.
bool is_loopback(const std::string& address) {
  if (address == "localhost" || address == "::1") return true;
  constexpr std::string_view mapped = "::ffff:";
  const std::string_view v4 = address.starts_with(mapped)
                                  ? std::string_view(address).substr(mapped.size())
                                  : std::string_view(address);
  return v4.starts_with("127.") && v4.find_first_not_of("0123456789.") == std::string_view::npos;
}

void check(const Listen& listen) {
  if (is_loopback(listen.host) || listen.tls || listen.plain_elsewhere) return;
  throw live::SettingsError(
      "--listen: " + listen.host +
      " can be reached from other machines; give --tls-certificate and --tls-key, or "
      "--plain-http where something else protects the way");
}

}  // namespace vfstock::serve
