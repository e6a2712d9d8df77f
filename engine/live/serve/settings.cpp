#include "engine/live/serve/settings.h"

namespace vfstock::serve {

bool is_loopback(const std::string& address) {
  return address == "localhost" || address == "::1" || address.starts_with("127.") ||
         address.starts_with("::ffff:127.");
}

void check(const Listen& listen) {
  if (is_loopback(listen.host) || listen.tls || listen.plain_elsewhere) return;
  throw live::SettingsError(
      "--listen: " + listen.host +
      " can be reached from other machines; give --tls-certificate and --tls-key, or "
      "--plain-http where something else protects the way");
}

}  // namespace vfstock::serve
